import { foldLogin, type LoginRule } from '../login.ts';
import type { Election } from '../model.ts';

/** Who is on a roll, by folded logins, and whose account each is where the files say its number. */
export interface RollNames {
  readonly names: ReadonlySet<string>;
  /** Numbers of accounts by name. */
  readonly accounts: ReadonlyMap<string, string>;
  /** Names by the numbers of their accounts. */
  readonly owners: ReadonlyMap<string, string>;
}

/** Numbers of accounts by folded login, ascending; absent where the roll says none. */
export function accountsIn(
  { voters }: Pick<Election, 'voters'>,
  rule: LoginRule,
): Readonly<Record<string, string>> | undefined {
  const said = voters.flatMap(({ login, account }) =>
    account === undefined ? [] : [[foldLogin(login, rule), account] as const],
  );
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

export function rollNames(
  names: readonly string[],
  accounts: Readonly<Record<string, string>> = {},
): RollNames {
  const said = Object.entries(accounts);
  return {
    names: new Set(names),
    accounts: new Map(said),
    owners: new Map(said.map(([name, account]) => [account, name])),
  };
}

/**
 * The name under which an account stands on a roll. One with the account's number is that account's, whatever its login is now; one
 * of its login is, unless another number stands behind it (`another`). Null where there is none.
 *
 * @param account undefined where only the login is known; then the login alone is asked for.
 * @param login folded by the roll's rule.
 */
export function nameOf(
  { names, accounts, owners }: RollNames,
  { account, login }: { readonly account: string | undefined; readonly login: string },
): { readonly name: string } | 'another' | null {
  const own = account === undefined ? undefined : owners.get(account);
  if (own !== undefined) return { name: own };
  if (!names.has(login)) return null;
  const said = accounts.get(login);
  return account === undefined || said === undefined || said === account ? { name: login } : 'another';
}

type Known = WeakMap<Election['voters'], RollNames>;
const known: Readonly<Record<'ignored' | 'exact', Known>> = { ignored: new WeakMap(), exact: new WeakMap() };

function namesIn({ voters, ...rule }: Pick<Election, 'voters'> & LoginRule): RollNames {
  const made = known[rule.logins ?? 'ignored'];
  const before = made.get(voters);
  if (before !== undefined) return before;
  const logins = voters.map(({ login }) => foldLogin(login, rule));
  const now = rollNames(logins, accountsIn({ voters }, rule));
  made.set(voters, now);
  return now;
}

/**
 * Whether somebody stands on the election's roll; without the number of their account, as far as logins tell. Approved
 * exceptions are the ballot box's knowledge, not ours.
 */
export function isEligible(
  election: Pick<Election, 'voters'> & LoginRule,
  login: string,
  account?: string,
): boolean {
  const found = nameOf(namesIn(election), { account, login: foldLogin(login, election) });
  return found !== null && found !== 'another';
}
