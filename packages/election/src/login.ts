import type { Election, Login } from './model.ts';
import { trimInvisible } from './text.ts';

/** Strips what people write around a login: white space, invisible characters, a leading `@`, a profile link. */
export function cleanLogin(raw: string): Login {
  let login = trimInvisible(raw);
  const link =
    /^(?:\[@?([^\]]*)\]\([^)]*\)|https?:\/\/(?:(?:www\.)?github\.com|gitlab\.com|codeberg\.org)\/([^/\s?#]+)\/?)$/i.exec(
      login,
    );
  if (link) login = link[1] ?? link[2] ?? login;
  return trimInvisible(login.replace(/^@+/, ''));
}

/**
 * The form in which logins are compared: without `@` and white space, ASCII letters in lower case.
 * Only ASCII is folded, as GitHub does: `toLowerCase` would turn the Kelvin sign into `k`.
 */
export function foldLogin(login: string): string {
  return trimInvisible(trimInvisible(login).replace(/^@+/, '')).replace(/[A-Z]/g, (letter) =>
    letter.toLowerCase(),
  );
}

/** Whether two logins name one account, as far as logins tell. */
export const sameLogin = (a: string, b: string): boolean => foldLogin(a) === foldLogin(b);

/**
 * Whether a provider of accounts could know one by this login: GitHub (old accounts may end in a hyphen, managed ones hold
 * `_`), GitLab and Forgejo (also with dots), or one of OpenID Connect that gives people such names.
 * `__proto__` names no key of an object, and so nobody of whom there is to be a rank or a name by login.
 */
export function isPossibleLogin(login: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,98}$/.test(login) && login !== '__proto__';
}

/** Whether a login is a bot's: surely, as an app's (`x[bot]`) is, or likely by its name (`ci-robot`); null otherwise. */
export function botIn(login: string): 'sure' | 'likely' | null {
  if (/\[bot\]$/i.test(login)) return 'sure';
  return /(?:^|[-_])(?:bot|robot)$/i.test(login) ? 'likely' : null;
}

const rolls = new WeakMap<readonly unknown[], ReadonlySet<string>>();

function folded(list: readonly unknown[], logins: () => readonly string[]): ReadonlySet<string> {
  let set = rolls.get(list);
  if (!set) {
    set = new Set(logins().map(foldLogin));
    rolls.set(list, set);
  }
  return set;
}

/** Whether the login stands on the election's roll. Approved exceptions are the ballot box's knowledge, not ours. */
export function isEligible(election: Pick<Election, 'voters'>, login: string): boolean {
  return folded(election.voters, () => election.voters.map((voter) => voter.login)).has(foldLogin(login));
}

/** Whether an entry of the election's officers has this login: equality of folded logins, never a substring. */
export function isOfficer(election: Pick<Election, 'officers'>, login: string): boolean {
  return folded(election.officers, () => election.officers).has(foldLogin(login));
}

/**
 * How the files name somebody as an officer; null when they do not. `login` is the entry's, folded. An entry with an
 * account's number (`ada#1234`) is that account's alone, whatever its login is now; of one without a number
 * (`pinned: false`) only the login is said, and whose office it is stays the ballot box's question.
 */
export function officeOf(
  { officers, officerAccounts = {} }: Pick<Election, 'officers' | 'officerAccounts'>,
  person: { readonly account: string; readonly login: string },
): { readonly login: string; readonly pinned: boolean } | null {
  const own = Object.entries(officerAccounts).find(([, account]) => account === person.account);
  if (own !== undefined) return { login: own[0], pinned: true };
  const login = foldLogin(person.login);
  if (Object.hasOwn(officerAccounts, login) || !isOfficer({ officers }, login)) return null;
  return { login, pinned: false };
}
