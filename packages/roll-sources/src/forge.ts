import type { Kind, Window } from '@elekto/roll';

/** An account as a forge names it. */
export interface Account {
  readonly login: string;
  readonly bot: boolean;
}

/** A contribution of a repository; `account` is null when the forge knows no account for it. */
export interface Found {
  readonly kind: Kind;
  readonly account: Account | null;
  /** The author's address, where there is no account. */
  readonly address: string | null;
  readonly at: number;
}

/** What the rules ask a forge. Every method throws RollSourceError for what it cannot tell. */
export interface Forge {
  /** `owner/name` of every repository of an owner that is no fork. */
  repositories(owner: string): Promise<readonly string[]>;
  /** Contributions of these kinds: all that are within the window, and maybe more. */
  contributions(repository: string, kinds: readonly Kind[], window: Window): AsyncGenerator<Found>;
  members(organization: string): Promise<readonly Account[]>;
  team(organization: string, team: string): Promise<readonly Account[]>;
  /** Paths of all files at the default branch. */
  paths(repository: string): Promise<readonly string[]>;
  /** Text of a file at the default branch. */
  file(repository: string, path: string): Promise<string>;
  /** The account of the author of a commit; null when the forge knows none. */
  authorOf(repository: string, commit: string): Promise<Account | null>;
  /** The account that shows an address as its own; only of a forge whose lists of commits name no accounts. */
  accountAt?(address: string): Promise<Account | null>;
}
