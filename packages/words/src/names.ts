/** Candidate id to the name people know; ids without an entry are shown as they are. */
export type Names = Readonly<Record<string, string>>;

export const nameOf = (names: Names, id: string): string =>
  Object.hasOwn(names, id) ? (names[id] ?? id) : id;
