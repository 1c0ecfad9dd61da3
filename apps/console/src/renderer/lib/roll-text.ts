/** voters.yaml as text: what the officers wrote around the logins stays as it is. */
import { addVoters, cleanLogin, foldLogin, RollEditError, type LoginRule } from '@elekto/election';

const ITEM = /^(\s*)-\s+(?:(['"])(.*?)\2|([^#\s][^#]*?))\s*(?:#.*)?$/;

/** Logins of the list's lines in their order, as written but for `@` and white space. */
export function loginsIn(text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const found = ITEM.exec(line);
    const login = cleanLogin(found?.[3] ?? found?.[4] ?? '');
    return login === '' || login === 'null' ? [] : [login];
  });
}

export interface RollDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Who came and who went between two versions, logins compared by the provider's rule. */
export function compareRolls(
  before: readonly string[],
  after: readonly string[],
  rule?: LoginRule,
): RollDiff {
  const fold = (login: string): string => foldLogin(login, rule);
  const had = new Set(before.map(fold));
  const has = new Set(after.map(fold));
  return {
    added: after.filter((login) => !had.has(fold(login))),
    removed: before.filter((login) => !has.has(fold(login))),
  };
}

/** The file with the logins added, everything else as it was. Null when it cannot be edited by machine. */
export function addToRoll(text: string, logins: readonly string[], rule?: LoginRule): string | null {
  try {
    return addVoters(text, logins, rule).text;
  } catch (error) {
    if (error instanceof RollEditError) return null;
    throw error;
  }
}

/** Logins that YAML would take for a number, a truth value or nothing are quoted. */
export function quoteLogin(login: string): string {
  return /^(\d[\d_.e]*|true|false|yes|no|on|off|null|y|n)$/i.test(login) || /^[^A-Za-z0-9]|: |#/.test(login)
    ? `"${login}"`
    : login;
}
