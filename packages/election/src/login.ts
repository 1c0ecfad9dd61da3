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
 * A login as files write it, and behind `#` the number of its account where that is said: `ada#1234`. What stands before is
 * given as it is, to be cleaned.
 */
export function splitAccount(text: string): { readonly name: string; readonly account: string | undefined } {
  const [, name = '', account] = /^(.*?)(?:(?<=\S)#([1-9]\d{0,18}))?$/s.exec(text) ?? [];
  return { name, account };
}

/** The login of an entry as a file writes it. */
export const withAccount = ({
  login,
  account,
}: {
  readonly login: Login;
  readonly account?: string;
}): string => (account === undefined ? login : `${login}#${account}`);

/** By which rule logins are one: an election has it, and so has a server's provider of accounts. */
export interface LoginRule {
  readonly logins?: Election['logins'] | undefined;
}

/** The rule alone, of whatever has one. */
export const ruleIn = ({ logins }: LoginRule): Pick<Election, 'logins'> =>
  logins === undefined ? {} : { logins };

/**
 * The form in which logins are compared: without `@` and white space, and with ASCII letters in lower case unless the
 * provider tells case apart.
 * Only ASCII is folded, as GitHub does: `toLowerCase` would turn the Kelvin sign into `k`.
 */
export function foldLogin(login: string, { logins }: LoginRule = {}): string {
  const plain = trimInvisible(trimInvisible(login).replace(/^@+/, ''));
  return logins === 'exact' ? plain : plain.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Whether two logins name one account, as far as logins tell. */
export const sameLogin = (a: string, b: string, rule: LoginRule = {}): boolean =>
  foldLogin(a, rule) === foldLogin(b, rule);

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

type Sets = WeakMap<readonly unknown[], ReadonlySet<string>>;
const folds: Readonly<Record<'ignored' | 'exact', Sets>> = { ignored: new WeakMap(), exact: new WeakMap() };

function folded(
  list: readonly unknown[],
  rule: LoginRule,
  logins: () => readonly string[],
): ReadonlySet<string> {
  const known = folds[rule.logins ?? 'ignored'];
  let set = known.get(list);
  if (!set) {
    set = new Set(logins().map((login) => foldLogin(login, rule)));
    known.set(list, set);
  }
  return set;
}

/** Whether an entry of the election's officers has this login: equality of folded logins, never a substring. */
export function isOfficer(election: Pick<Election, 'officers'> & LoginRule, login: string): boolean {
  return folded(election.officers, election, () => election.officers).has(foldLogin(login, election));
}

/**
 * How the files name somebody as an officer; null when they do not. `login` is the entry's, folded. An entry with an
 * account's number (`ada#1234`) is that account's alone, whatever its login is now; of one without a number
 * (`pinned: false`) only the login is said, and whose office it is stays the ballot box's question.
 */
export function officeOf(
  election: Pick<Election, 'officers' | 'officerAccounts'> & LoginRule,
  person: { readonly account: string; readonly login: string },
): { readonly login: string; readonly pinned: boolean } | null {
  const { officerAccounts = {} } = election;
  const own = Object.entries(officerAccounts).find(([, account]) => account === person.account);
  if (own !== undefined) return { login: own[0], pinned: true };
  const login = foldLogin(person.login, election);
  if (Object.hasOwn(officerAccounts, login) || !isOfficer(election, login)) return null;
  return { login, pinned: false };
}
