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

/** How a tie was decided, as officers have signed it. */
export interface SignedTie {
  readonly winners: readonly string[];
  readonly how: string;
  /** When it was said first, ms. */
  readonly at: number;
  /** Logins. */
  readonly by: readonly string[];
  /** Whether the officer of this computer is among them. */
  readonly own: boolean;
}

/** What an officer signs about a tie, as they have read it. */
export interface TieWords {
  /** Which decision of the count it is, from 1. */
  readonly number: number;
  readonly winners: readonly string[];
  readonly how: string;
  /** The officer whose words these are, and when they were said first; null for words of their own. */
  readonly of: { readonly login: string; readonly at: number } | null;
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
  readonly inspectedAt: number;
  readonly threshold: number;
  readonly officers: readonly CountOfficer[];
  readonly due: 'mix' | 'decrypt' | 'wait' | 'counted';
  /** What the files say of the key otherwise since the opening, and who mends it; null where they say the same. */
  readonly note: string | null;
  /** Which decision of the count is open, from 1. */
  readonly decision: number;
  /** What officers have signed about the tie that is open, each wording once. */
  readonly ties: readonly SignedTie[];
  /** Why the officer must not act now: a code, and its sentence. */
  readonly against: { readonly code: string; readonly message: string } | null;
}

/** Something does not fit, whoever looks. */
interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
}

/** Nobody has said yet where the elections are, or the election was not found there. */
export interface AsksRepository {
  readonly kind: 'repository';
  /** Why it is asked again. */
  readonly because?: string;
}

export type CountState =
  | AsksRepository
  | { readonly kind: 'no-box' }
  /** What the officer gave as a receipt is none. */
  | { readonly kind: 'no-receipt' }
  | Refused
  | CountBox;

/** What came of showing, while people vote, that the officer holds their share. */
export type AliveState =
  | AsksRepository
  | Refused
  /** How many officers have shown it, and what the files say of the key otherwise. */
  | { readonly kind: 'alive'; readonly officers: number; readonly note: string | null };

/** What came of signing how a tie was decided. */
export type TieState =
  | AsksRepository
  | Refused
  /** How many officers have signed the same. */
  | { readonly kind: 'signed'; readonly by: number };

/** Who has signed that the ballots of a running election are void, and why. */
export type VoidState =
  | AsksRepository
  | Refused
  | {
      readonly kind: 'voids';
      readonly threshold: number;
      readonly signed: readonly { readonly login: string; readonly reason: string }[];
    };

/** A piece of work that has begun. */
export interface CountEffort {
  readonly election: string;
  readonly kind: 'box' | 'check-mix' | 'check-decryption' | 'mix' | 'decrypt';
  /** How long it will take, ms. */
  readonly expected: number;
}
