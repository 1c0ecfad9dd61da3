/** Signing in at the instance's one provider, whichever it is: there and back again. */
import type { NextFunction, Request, Response } from 'express';

import type { ProviderAccount } from './provider-account.ts';

export type SignInProblem =
  /** The state is missing, old, used, or another browser's; or the provider takes the code no more. */
  | { readonly kind: 'not-yours' }
  /** Another account has this login, but for capitals. */
  | { readonly kind: 'login-held' }
  /** The person said no there. */
  | { readonly kind: 'declined' }
  /** What the provider says cannot be believed; `why` is a sentence for who signs in. */
  | { readonly kind: 'untrusted'; readonly why: string; readonly error?: unknown }
  /** It does not answer, or not to this site. */
  | { readonly kind: 'failed'; readonly error: unknown };

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly account: ProviderAccount; readonly next: string }
  | SignInProblem;

export interface SignInFlow {
  /** Sends the browser to the provider, and answers null; or says why it cannot. */
  begin(req: Request, res: Response, next: NextFunction): Promise<SignInProblem | null>;
  /** Takes the browser back from the provider. */
  finish(req: Request, res: Response, next: NextFunction): Promise<SignInOutcome>;
  /** Where the sign-in that is going on in this browser was to lead back to. */
  wayBack(req: Request): string;
}

/** The provider must answer within this, ms, or the sign-in is given up. */
export const PATIENCE = 15_000;
