/** What the window learns of a count by officers: how far it is, and what is against the officer's next step. */

/** Where the elections are, as the officer confirmed it once. */
export interface CountRepository {
  readonly source: string;
  readonly branch: string | null;
  readonly folder: string;
}

export interface CountOfficer {
  readonly login: string;
  readonly mixed: boolean;
  readonly decrypted: boolean;
  /** Whether it is the officer of a key on this computer. */
  readonly own: boolean;
}

/** A count as this computer found it, from git itself and the files of the board. */
export interface CountBox {
  readonly kind: 'box';
  readonly ballots: number;
  /** Hex. */
  readonly boxHash: string;
  /** The line of the box in box.txt, and that file's path. */
  readonly line: string;
  readonly boxFile: string;
  readonly onBranch: boolean;
  readonly inspectedAt: number;
  readonly threshold: number;
  readonly officers: readonly CountOfficer[];
  readonly due: 'mix' | 'decrypt' | 'wait' | 'counted';
  /** Why the officer must not act now: a code, and its sentence. */
  readonly against: { readonly code: string; readonly message: string } | null;
}

export type CountState =
  /** Nobody has said yet where the elections are. */
  | { readonly kind: 'repository' }
  | { readonly kind: 'no-box' }
  /** What the officer gave as a receipt is none. */
  | { readonly kind: 'no-receipt' }
  /** Something does not fit, whoever looks. */
  | { readonly kind: 'refused'; readonly message: string }
  | CountBox;

/** What came of showing, while people vote, that the officer holds their share. */
export type AliveState =
  | { readonly kind: 'repository' }
  | { readonly kind: 'refused'; readonly message: string }
  /** How many officers have shown it. */
  | { readonly kind: 'alive'; readonly officers: number };

/** A piece of work that has begun. */
export interface CountEffort {
  readonly election: string;
  readonly kind: 'box' | 'check-mix' | 'check-decryption' | 'mix' | 'decrypt';
  /** How long it will take, ms. */
  readonly expected: number;
}
