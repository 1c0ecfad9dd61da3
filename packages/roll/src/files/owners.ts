import { textsAt, yamlTexts } from './logins-in.ts';

/** Aliases of an OWNERS_ALIASES file: logins by folded name. */
export function aliasesIn(file: string, text: string): ReadonlyMap<string, readonly string[]> {
  const root = yamlTexts(file, text);
  const aliases = (root as { aliases?: unknown } | null)?.aliases;
  if (typeof aliases !== 'object' || aliases === null) return new Map();
  return new Map(
    Object.entries(aliases).map(([name, logins]) => [
      name.toLowerCase(),
      (Array.isArray(logins) ? (logins as unknown[]) : []).filter(
        (each): each is string => typeof each === 'string',
      ),
    ]),
  );
}

/** Logins that an OWNERS file names in these roles, below `filters:` too, with aliases put in. */
export function ownersIn(
  file: string,
  text: string,
  roles: readonly string[],
  aliases: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const root = yamlTexts(file, text);
  return roles
    .flatMap((role) => [...textsAt(root, `${role}[*]`), ...textsAt(root, `filters.*.${role}[*]`)])
    .flatMap((name) => aliases.get(name.toLowerCase()) ?? [name]);
}
