import { foldFieldValue, type Candidate } from '@elekto/election';

/** Candidate id to the name people know; ids without an entry are shown as they are. */
export type Names = Readonly<Record<string, string>>;

export const nameOf = (names: Names, id: string): string =>
  Object.hasOwn(names, id) ? (names[id] ?? id) : id;

/** The names of one election, with the id behind those that several people share, also but for case and white space. */
export function namesApart(candidates: readonly Pick<Candidate, 'id' | 'name'>[]): Names {
  const alike = Map.groupBy(candidates, ({ name }) => foldFieldValue(name));
  return Object.fromEntries(
    candidates.map(({ id, name }) => [
      id,
      (alike.get(foldFieldValue(name))?.length ?? 0) > 1 ? `${name} (${id})` : name,
    ]),
  );
}
