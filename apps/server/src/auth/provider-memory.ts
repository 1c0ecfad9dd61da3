/* eslint elekto/words-in-catalogue: off -- for the operator's terminal, in English as all of them */
/**
 * Whose accounts a database holds is remembered in it, under a key outside of it: what is an account's for ever at one
 * provider is somebody else's at another, and so is a login.
 */
import { LOGINS_NOTE, PROVIDER_NOTE, type Notes } from '@elekto/ballot-box';
import { hasPeople, type Database } from '@elekto/db';
import type { LoginRule } from '@elekto/election';

import type { SignInSettings } from '../config/sign-in.ts';
import { StartError } from '../start-error.ts';

/** By its address; the stand-in of a trial, whose port changes, by what it is. */
const nameOf = ({ kind, demo, url }: SignInSettings): string =>
  `${kind} ${demo ? 'as a trial on this machine' : url}`;

/**
 * Remembers the provider of a database that nobody has signed in to.
 *
 * @throws {StartError} when people of another provider have. Nothing is changed then.
 */
export async function keepProvider(db: Database, notes: Notes, settings: SignInSettings): Promise<void> {
  const now = nameOf(settings);
  const before = (await notes.read(PROVIDER_NOTE)).get(PROVIDER_NOTE);
  if (before === now) return;
  const last = notes.lastIs(PROVIDER_NOTE, now);
  // Before it was remembered, there was GitHub only, under whichever address.
  const same = before === undefined && (last ?? settings.kind === 'github');
  const was = before ?? (last === null ? 'github' : 'another provider');
  if (!same && (await hasPeople(db))) throw new StartError(anotherProvider(was, now));
  await notes.write(PROVIDER_NOTE, now);
}

/** The rule of the settings, before anybody has asked the database. */
export const assumedLoginRule = ({ loginCase }: Pick<SignInSettings, 'loginCase'>): LoginRule =>
  loginCase === 'ignored' ? {} : { logins: 'exact' };

/**
 * The rule by which logins of the provider are compared, and remembers it. Where nobody says, an issuer of OpenID Connect is
 * taken to tell case apart, as OpenID Connect compares names, but for a database that people have used by the other rule.
 *
 * @throws {StartError} when people have signed in under logins that the settings would take for one. Nothing is changed then.
 */
export async function keepLoginRule(
  db: Database,
  notes: Notes,
  { loginCase }: Pick<SignInSettings, 'loginCase'>,
): Promise<LoginRule> {
  const there = (await notes.read(LOGINS_NOTE)).has(LOGINS_NOTE);
  // Who removes the row from the database does not make two people one.
  const before = there || notes.lastIs(LOGINS_NOTE, EXACT) === true;
  const used = await hasPeople(db);
  const exact = loginCase === null ? before || !used : loginCase === 'exact';
  if (before && !exact && used) throw new StartError(CASE_IGNORED);
  if (exact && !there) await notes.write(LOGINS_NOTE, EXACT);
  if (before && !exact) await notes.remove([LOGINS_NOTE]);
  return exact ? { logins: 'exact' } : {};
}

const EXACT = 'exact';

const CASE_IGNORED =
  'people have signed in to this database under logins that tell capitals apart, and with ELEKTO_SIGN_IN_LOGIN_CASE=ignored ' +
  'whoever came first of Ada and ada would have the vote of both. Set it to exact, or begin with a new database and new keys. ' +
  'See docs/sign-in.md, "OpenID Connect".';

const anotherProvider = (before: string, now: string): string =>
  `the accounts in this database are those of ${before}, and the settings name ${now}: an account or a login there may be somebody else's. ` +
  'Set ELEKTO_SIGN_IN and ELEKTO_SIGN_IN_URL back, or begin with a new database and new keys (ELEKTO_DATABASE_URL, ELEKTO_SECRETS_DIR). ' +
  'See docs/sign-in.md, "Another provider".';
