/** What the console shows, in the server's own types: a change of the router shows up here first. */
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@elekto/api';
import type { CandidateField } from '@elekto/election';
import type { Outcome } from '@elekto/tally';

type Officer = inferRouterOutputs<AppRouter>['officer'];

export type Overview = Officer['elections'];
export type ElectionOverview = Overview['elections'][number];
export type BoxState = NonNullable<ElectionOverview['state']>;
export type Turnout = Officer['turnout'];
export type ExceptionRequest = Officer['exceptions'][number];
export type RequestStatus = ExceptionRequest['status'];
export type Roll = Officer['roll'];
export type ElectionResult = WithOutcome<Officer['outcome']>;
export type AuditEvent = Officer['audit'][number];
export type Rehearsal = WithOutcome<Officer['rehearse']>;

/** JSON leaves the count as it is: an election of this console never has more ballots than a number can hold. */
type WithOutcome<T> = Omit<T, 'outcome'> & { readonly outcome: Outcome };

export interface Me {
  /** Null when nobody is signed in. */
  readonly login: string | null;
}

export interface CandidateCard {
  readonly id: string;
  readonly name: string;
  /** `employer`, `affiliation` ... as in the candidate's file. */
  readonly fields: readonly CandidateField[];
}

/** The election's files, as far as the console shows and changes them. */
export interface Definition {
  /** Folder in the meta repository, with `/`; '' for the root. */
  readonly folder: string;
  readonly meta: {
    /** `https://github.com/<owner>/<repository>`; null where it is no GitHub repository. */
    readonly url: string | null;
    readonly branch: string | null;
    readonly commit: string;
  };
  readonly candidates: readonly CandidateCard[];
  readonly seats: number;
  readonly representationLimit: { readonly field: string; readonly max: number } | null;
  /** Source text of voters.yaml with its comments; null when it cannot be had. */
  readonly votersYaml: string | null;
}
