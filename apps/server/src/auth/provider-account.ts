/* eslint elekto/words-in-catalogue: off -- for the page of a sign-in that failed, in English as all of them */
import { isUnclaimed } from '@elekto/db';
import { isPossibleLogin } from '@elekto/election';

/** Who a provider says somebody is: nothing else of what it answers is kept. */
export interface ProviderAccount {
  /** What the provider calls the account for ever, and never gives to another. */
  readonly account: string;
  /** How its people call each other, and the files of elections them; may change. */
  readonly login: string;
}

/** What a provider said cannot be believed, or names nobody that this site could know. The message is for who signs in. */
export class Untrusted extends Error {
  override readonly name = 'Untrusted';
}

/** OpenID Connect Core 1.0, section 2: a subject has 255 ASCII characters at most. */
const SUBJECT = /^[\x21-\x7e]{1,255}$/;

/** @throws {Untrusted} when the provider names no account, or one that no roll can name. */
export function accountOf(account: unknown, login: unknown): ProviderAccount {
  if (typeof account !== 'string' || !SUBJECT.test(account) || isUnclaimed(account))
    throw new Untrusted('It does not say which account this is.');
  if (typeof login !== 'string' || login === '')
    throw new Untrusted('It does not say what the login of this account is.');
  if (!isPossibleLogin(login))
    throw new Untrusted(
      'What it gives as the login of this account is none that stands in the files of an election: a login has letters, digits, dots, hyphens and underscores only.',
    );
  return { account, login };
}
