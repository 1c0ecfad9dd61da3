/** What the window learns of officers' keys. Nothing here is secret but the twelve words, while they are written down. */

import type { RepositoryHost } from '@elekto/election';

export interface OwnKey {
  readonly login: string;
  /** Public halves, base64url. */
  readonly sign: string;
  readonly receive: string;
  /** False when the system's keyring does not give it back: the twelve words do. */
  readonly opens: boolean;
}

export interface KeysState {
  /** Whether this computer has a keyring that keeps a secret from other programs. */
  readonly canKeep: boolean;
  readonly keys: readonly OwnKey[];
}

/** A key that is not kept yet: its words, and the places, from 0, of those that are asked back. */
export interface NewKey {
  readonly words: readonly string[];
  readonly asked: readonly number[];
}

export type KeyAnswer =
  | { readonly kind: 'kept'; readonly key: OwnKey }
  /** The word at this place, from 0, was another. */
  | { readonly kind: 'other-word'; readonly place: number }
  /** Not twelve words of a recovery phrase; those that are in none are named. */
  | { readonly kind: 'no-phrase'; readonly unknown: readonly string[] }
  /** The words are those of another officer. */
  | { readonly kind: 'anothers'; readonly login: string }
  /** The words make a key that no custody file and no published key names. */
  | { readonly kind: 'nobodys' }
  /** The server did not say whose key is whose: nothing is known of the words. */
  | { readonly kind: 'not-known' }
  /** What the server lists is not what git has, or git cannot be read. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'cannot-keep' };

export interface CeremonyOfficer {
  readonly login: string;
  readonly dealt: boolean;
  readonly confirmed: boolean;
  /** Whether it is the officer of a key on this computer. */
  readonly own: boolean;
}

export interface CeremonyElection {
  readonly key: string;
  readonly name: string;
  readonly opensAt: number;
  /** Logins of the officers who have shown that they hold their shares. */
  readonly ready: readonly string[];
}

/** What an officer does in a ceremony by a press. */
export const CEREMONY_ACTS = ['deal', 'confirm', 'answer'] as const;
export type CeremonyAct = (typeof CEREMONY_ACTS)[number];

/** A ceremony as this computer found it, from the file in git and the signed messages. */
export interface CeremonyView {
  readonly file: string;
  readonly path: string;
  readonly kind: 'election' | 'rehearsal';
  readonly threshold: number;
  readonly until: string;
  readonly officers: readonly CeremonyOfficer[];
  readonly state: 'dealing' | 'disputed' | 'confirming' | 'complete' | 'void';
  readonly waitingFor: readonly string[];
  /** Who of them has been silent since when (ms), as this computer has seen it; overdue: longer than a ceremony takes. */
  readonly silent: readonly {
    readonly login: string;
    readonly since: number;
    readonly isOverdue: boolean;
  }[];
  /** As long as a whole ceremony is held to take, ms. */
  readonly takes: number;
  readonly words: string | null;
  readonly dispute: { readonly dealer: string; readonly complainer: string } | null;
  /** Why it gives no key, and who it was. */
  readonly reason: string | null;
  /** What the officer of this computer's key does next; null when none of them is in it. */
  readonly step: 'deal' | 'confirm' | 'answer' | 'wait' | 'complete' | 'over' | null;
  /** The finished file; null before all have confirmed. */
  readonly transcript: string | null;
  /** Whether it stands finished in git. */
  readonly inGit: boolean;
  /** Who signed something else than the file in git has of them, of which kind: it changed nothing. */
  readonly unheard: readonly {
    readonly login: string;
    readonly kind: 'deal' | 'confirm' | 'complaint' | 'opening';
  }[];
  readonly elections: readonly CeremonyElection[];
}

export interface Ceremonies {
  readonly ceremonies: readonly CeremonyView[];
  /** Custody files that cannot be read, with the sentence that says why, and what to do. */
  readonly unreadable: readonly { readonly file: string; readonly why: string; readonly wayOut: string }[];
  /** Who has published keys. */
  readonly officers: readonly { readonly login: string; readonly sign: string; readonly receive: string }[];
  readonly folder: string | null;
  readonly meta: {
    readonly url: string | null;
    readonly host: RepositoryHost | null;
    readonly branch: string | null;
    readonly commit: string;
  };
}

/** The text of a custody file; without it, why there is none, or who has no key in the repository. */
export interface BegunCeremony {
  readonly text: string | null;
  readonly why: string | null;
  readonly unknown: readonly string[];
  /** The keys in it that are the server's word alone, as this computer does not know the repository yet. */
  readonly unchecked: readonly { readonly login: string; readonly sign: string }[];
}

/** Whether it was shown that the share is held, or why not. */
export interface ReadyAnswer {
  readonly why: 'unfinished' | 'no-key' | 'wrong-shares' | null;
}

export interface NewCeremony {
  readonly officers: readonly string[];
  readonly threshold: number;
  readonly until: string;
  readonly rehearsal: boolean;
}
