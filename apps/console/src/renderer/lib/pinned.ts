/** What was pinned with the first ballot goes before what the files say now. */
import type { Names } from '@elekto/words';
import type { Definition, ElectionResult } from '../backend/model.ts';

type Manifest = ElectionResult['manifest'];

/** Names that the ballot had; for manifests that pinned none, and for elections held elsewhere, those of the files. */
export function namesIn(definition: Definition | null, manifest: Manifest | null): Names {
  const files = Object.fromEntries((definition?.candidates ?? []).map(({ id, name }) => [id, name]));
  return manifest?.version === 2 ? { ...files, ...manifest.names } : files;
}

/** The field that limits seats, with what each candidate says in it. */
export const limitIn = ({ representationLimit, limitValues }: Manifest) =>
  representationLimit === null ? null : { field: representationLimit.field, values: limitValues ?? {} };
