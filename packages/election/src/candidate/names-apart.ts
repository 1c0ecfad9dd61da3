import type { Candidate } from '../model.ts';
import { foldFieldValue } from './field-value.ts';

/** Candidate to name within one election, with the id behind a name that several share, also but for case and white space. */
export function namesApart(
  candidates: readonly Pick<Candidate, 'id' | 'name'>[],
): Readonly<Record<string, string>> {
  const alike = Map.groupBy(candidates, ({ name }) => foldFieldValue(name));
  return Object.fromEntries(
    candidates.map(({ id, name }) => [
      id,
      (alike.get(foldFieldValue(name))?.length ?? 0) > 1 ? `${name} (${id})` : name,
    ]),
  );
}
