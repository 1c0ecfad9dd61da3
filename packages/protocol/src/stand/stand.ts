/** Where a person stands with an election, and the one next step: the only place that decides it. */
import { acceptsExceptions } from '@elekto/election';
import type { Instant, Phase } from '@elekto/election';

/** What is known of one person in one election. */
export interface StandFacts {
  /**
   * By what casting goes by. `taken`: the name is on the roll, and is another account's, which has voted under it or whose number the roll says. `off` may have
   * been on it before.
   */
  readonly roll: 'on' | 'off' | 'taken';
  /** A ballot of theirs is in the box, or was counted. */
  readonly voted: boolean;
  /** They had voted before voting was started anew, and not since. */
  readonly voided: boolean;
  /** The state of their request for an exception; null when they have made none, or are on the roll. */
  readonly request: 'open' | 'more-information' | 'approved' | 'declined' | null;
  /** The way from them to their ballot is destroyed. */
  readonly linkGone: boolean;
  /** Officers open the ballots together and receipts were given: those tell of a ballot in the box, and no passphrase does. */
  readonly receiptTells: boolean;
}

/** The election at a moment. */
export interface StandMoment {
  readonly phase: Phase;
  /** Its start has passed and it does not open. */
  readonly waiting: boolean;
  /** The ballots are in this server's box, or were: else it cannot tell who has voted. */
  readonly held: boolean;
  /** Its result is published. */
  readonly published: boolean;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly exceptionsDueAt: Instant;
  readonly now: Instant;
}

export const STAND_KINDS = [
  /** On the roll, and nothing cast. */
  'soon',
  'waiting',
  'may-vote',
  'vote-again',
  /** A ballot in the box. */
  'voted',
  /** Not on the roll. */
  'may-ask',
  'asked',
  'more-asked',
  'approved',
  'declined',
  'too-late',
  'taken',
  /** Voting is over. */
  'over-voted',
  'over-counted',
  'over-destroyed',
  'over-boxed',
  'over-not-voted',
  'over-not-on-roll',
  'over-elsewhere',
] as const;
export type StandKind = (typeof STAND_KINDS)[number];

/** `look`: at the ballot that is cast. `request`: see what was asked. `officers`: write to them. `receipt`: look for its ballot in the box. */
export const NEXT_STEPS = [
  'vote',
  'look',
  'ask',
  'request',
  'reply',
  'officers',
  'find',
  'receipt',
  'results',
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

export interface Stand {
  readonly kind: StandKind;
  /** Null: nothing to do but to wait. */
  readonly next: NextStep | null;
}

/** The answer to "where do I stand?". `vote` and `look` are the next step of nobody from whom no ballot would be taken. */
export function standOf(facts: StandFacts, moment: StandMoment): Stand {
  if (moment.phase === 'ended') return afterTheEnd(facts, moment);
  const open = moment.phase === 'open' && !moment.waiting;
  if (facts.voted) return { kind: 'voted', next: open ? 'look' : null };
  if (facts.roll === 'taken') return { kind: 'taken', next: 'officers' };
  if (facts.roll === 'off') return offTheRoll(facts, moment);
  if (open) return { kind: facts.voided ? 'vote-again' : 'may-vote', next: 'vote' };
  return { kind: moment.waiting ? 'waiting' : 'soon', next: null };
}

function afterTheEnd(facts: StandFacts, { published, held }: StandMoment): Stand {
  const { voted, roll, linkGone, receiptTells } = facts;
  const next = published ? 'results' : null;
  if (!held) return { kind: 'over-elsewhere', next };
  if (!voted) return { kind: roll === 'on' ? 'over-not-voted' : 'over-not-on-roll', next };
  if (receiptTells) return { kind: 'over-boxed', next: 'receipt' };
  if (!published) return { kind: 'over-voted', next };
  return linkGone ? { kind: 'over-destroyed', next } : { kind: 'over-counted', next: 'find' };
}

function offTheRoll({ request }: StandFacts, moment: StandMoment): Stand {
  if (request === 'open') return { kind: 'asked', next: 'request' };
  if (request === 'more-information') return { kind: 'more-asked', next: 'reply' };
  if (request !== null) return { kind: request, next: 'request' };
  return acceptsExceptions(moment, moment.now)
    ? { kind: 'may-ask', next: 'ask' }
    : { kind: 'too-late', next: 'officers' };
}
