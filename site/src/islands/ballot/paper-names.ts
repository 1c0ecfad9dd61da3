import { namesApart } from '@elekto/election/names-apart';
import type { Manifest } from '@elekto/protocol/manifest';

/**
 * Candidate to the name on the paper: the pinned one (what the files say today may have been exchanged since), else the
 * one of `inFiles`, else the id. Who shares a name is told apart as on every other page.
 */
export function paperNames(
  manifest: Manifest,
  inFiles: readonly { readonly id: string; readonly name: string }[],
): Readonly<Record<string, string>> {
  const pinned = manifest.version === 1 ? {} : manifest.names;
  const found = new Map(inFiles.map(({ id, name }) => [id, name]));
  return namesApart(
    manifest.candidates.map((id) => ({
      id,
      name: (Object.hasOwn(pinned, id) ? pinned[id] : undefined) ?? found.get(id) ?? id,
    })),
  );
}
