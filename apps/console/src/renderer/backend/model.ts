/** What the console shows, in the server's own types: a change of the router shows up here first. */
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@elekto/api';
import type { Outcome } from '@elekto/tally';

type Officer = inferRouterOutputs<AppRouter>['officer'];

export type Overview = Officer['elections'];
export type ElectionOverview = Overview['elections'][number];
/** One whose key the person holds a share of, without being its officer. */
export type HeldElection = Overview['held'][number];
export type Turnout = Officer['turnout'];
export type ExceptionRequest = Officer['exceptions'][number];
export type RequestStatus = ExceptionRequest['status'];
export type Roll = Officer['roll'];
export type ElectionResult = WithOutcome<Officer['outcome']>;
export type PublicResult = Officer['publicResult'];
export type AuditEvent = Officer['audit'][number];
export type Rehearsal = WithOutcome<Officer['rehearse']>;

/** JSON leaves the count as it is: an election of this console never has more ballots than a number can hold. */
type WithOutcome<T> = Omit<T, 'outcome'> & { readonly outcome: Outcome };

export interface Me {
  /** Null when nobody is signed in. */
  readonly login: string | null;
}

/** Whose accounts people sign in with. */
export type SignInProvider = inferRouterOutputs<AppRouter>['me']['get']['signIn'];

/** The files behind an election, as far as the console shows and changes them. */
export type Definition = Officer['definition'];
export type CandidateCard = Definition['candidates'][number];
