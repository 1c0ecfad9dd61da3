import { matchIds, namesApart, type Candidate, type CandidateId } from '@elekto/election';
import type { Manifest } from './manifest.ts';

/**
 * Candidate to the name that sentences and tables use: of everybody on the paper the pinned one, else that of the files;
 * then whoever is only in the files. Who shares a name is told apart by the id. Without a manifest: by the files alone.
 */
export function labelsOf(
  manifest: Manifest | null,
  found: readonly Pick<Candidate, 'id' | 'name'>[],
): Readonly<Record<CandidateId, string>> {
  if (manifest === null) return namesApart(found);
  const pinned = manifest.version === 1 ? {} : manifest.names;
  const { matched, added } = matchIds(manifest.candidates, found);
  const onPaper = manifest.candidates.map((id) => ({
    id,
    name: (Object.hasOwn(pinned, id) ? pinned[id] : matched.get(id)?.name) ?? id,
  }));
  return namesApart([...onPaper, ...added]);
}
