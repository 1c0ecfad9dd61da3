/* eslint elekto/words-in-catalogue: off -- for the page of a sign-in that failed, in English as all of them */
/** What went wrong at an issuer of OpenID Connect, as who signs in is told. */
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';

import type { SignInOutcome, SignInProblem } from './flow.ts';
import { Untrusted } from './provider-account.ts';

/** An outcome, also where the issuer cannot be believed or does not answer. */
export async function believe(ask: () => Promise<SignInOutcome>): Promise<SignInOutcome> {
  try {
    return await ask();
  } catch (error) {
    return problemOf(error);
  }
}

const CLAIMS: Readonly<Record<string, string>> = {
  nonce: 'It answers another sign-in than the one that this browser has begun.',
  iss: 'It speaks in the name of another provider than this site asks.',
  aud: 'What it answers is meant for another site.',
  azp: 'What it answers is meant for another site.',
  sub: 'It says two different things of who this is.',
  exp: 'What it answers has expired.',
  iat: 'What it answers is of another time.',
  nbf: 'What it answers is of another time.',
};
const UNSIGNED = 'What it answers is not signed with a key of the provider.';
const UNREADABLE = 'What it answers is not what OpenID Connect says.';

function problemOf(error: unknown): SignInProblem {
  if (error instanceof Untrusted) return { kind: 'untrusted', why: error.message };
  if (error instanceof AuthorizationResponseError) return { kind: 'failed', error };
  // The code was used, is too old, or was got with another proof than this browser's.
  if (error instanceof ResponseBodyError)
    return error.error === 'invalid_grant' ? { kind: 'not-yours' } : { kind: 'failed', error };
  if (!(error instanceof ClientError)) return { kind: 'failed', error };
  const why = sentenceFor(error);
  return why === null ? { kind: 'failed', error } : { kind: 'untrusted', why, error };
}

function sentenceFor(error: ClientError): string | null {
  const of = deepest(error);
  switch (error.code) {
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
    case 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED':
      return CLAIMS[of.claim ?? of.attribute ?? ''] ?? UNREADABLE;
    case 'OAUTH_KEY_SELECTION_FAILED':
    case 'OAUTH_UNSUPPORTED_OPERATION':
      return UNSIGNED;
    case 'OAUTH_INVALID_RESPONSE':
    case 'OAUTH_PARSE_ERROR': {
      if (/signature|"alg"/i.test(of.message)) return UNSIGNED;
      const missing = /"(\w+)"[^"]*(?:claim|parameter)/.exec(of.message)?.[1];
      return CLAIMS[missing ?? ''] ?? UNREADABLE;
    }
    default:
      return null;
  }
}

/** What the innermost cause says: which claim it is, and the words of the error it came with. */
function deepest(error: Error): {
  readonly claim?: string;
  readonly attribute?: string;
  readonly message: string;
} {
  let { message } = error;
  let found: { claim?: string; attribute?: string } = {};
  for (let at: unknown = error.cause; typeof at === 'object' && at !== null; at = (at as Error).cause) {
    if (at instanceof Error) message = `${message}: ${at.message}`;
    found = { ...found, ...(at as { claim?: string; attribute?: string }) };
  }
  const { claim, attribute } = found;
  return { message, ...(claim !== undefined && { claim }), ...(attribute !== undefined && { attribute }) };
}
