import type { Links } from '../graph/links.ts';
import type { Paths } from '../graph/paths.ts';
import type { CountedOptions, Edition, MethodName, Round, Step } from '../model.ts';
import type { Pairwise } from '../pairwise/pairwise.ts';
import type { Profile } from '../stv/profile.ts';
import type { Filled } from '../seats/fill-seats.ts';
import type { SeatRules } from '../seats/seat-rules.ts';

/** What a method sees. Candidates are indices into `candidates`, which is sorted. */
export interface MethodInput {
  readonly candidates: readonly string[];
  readonly options: CountedOptions;
  readonly pairwise: Pairwise;
  readonly links: Links;
  readonly paths: Paths;
  /** The ballots themselves, equal ones together; null unless the method says it needs them. */
  readonly profile: Profile | null;
  readonly seatRules: SeatRules;
  readonly edition: Edition;
}

/** Candidates who share a place. */
export interface Tier {
  readonly place: number;
  readonly members: readonly number[];
}

/** How one candidate can beat another other than by the ballots that prefer them. */
export interface Way {
  readonly kind: 'path' | 'chain' | 'order';
  /** From a to b, who beats b, both included; null when the two met directly or there is nothing between. */
  readonly between: (a: number, b: number) => readonly number[] | null;
}

export interface MethodResult {
  /** Every candidate once, best first. */
  readonly tiers: readonly Tier[];
  /** Whether a beats b in the relation of the method; null for plain majorities. */
  readonly beats: ((a: number, b: number) => boolean) | null;
  /** What decides besides majorities; null where nothing does. */
  readonly way: Way | null;
  readonly steps: readonly Step[];
  readonly rounds: readonly Round[];
  /** Who was dropped before the count; nobody when absent. */
  readonly dropped?: ReadonlySet<number>;
  /** For methods that fill the seats themselves; null when places decide. */
  readonly seats: Filled | null;
}

/** A counting method: one file of this folder, one line of `registry.ts`. */
export interface Method {
  readonly name: MethodName;
  /** As people write it: "Ranked Pairs". */
  readonly title: string;
  /** Whether `profile` is wanted. Methods without ballots count a stream in constant memory. */
  readonly needsBallots: boolean;
  /** Past this the method refuses. */
  readonly mostCandidates: number;
  readonly rank: (input: MethodInput) => MethodResult;
}
