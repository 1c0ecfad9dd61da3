/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal, in English as all of them */
/** Whether the provider of accounts answers, and knows this server's app: asked with a code that cannot be right. */
import { refusalOfApp } from '../auth/openid.ts';
import type { Config } from '../config/config.ts';
import { callbackPath } from '../config/sign-in.ts';

import { ask } from './ask.ts';
import { well, wrong, type Finding } from './finding.ts';

const WHAT = 'sign-in app';
const CODE = 'elekto-doctor';

export async function appFinding({ signIn, url }: Config): Promise<Finding> {
  const callback = url + callbackPath(signIn.kind);
  const said =
    signIn.kind === 'github' ? await askGitHub(signIn, callback) : await refusalOfApp(signIn, callback, CODE);
  switch (said) {
    case null:
      return wrong(WHAT, `${signIn.url} does not answer: nobody can sign in`);
    case 'bad_verification_code':
    case 'invalid_grant':
      return well(WHAT, `${signIn.url} knows it`);
    case 'redirect_uri_mismatch':
      return wrong(WHAT, `its callback is not ${callback}: set that at ${signIn.name}`);
    default:
      return wrong(WHAT, `${signIn.url} says ${said}: see ELEKTO_SIGN_IN_CLIENT_ID and its secret`);
  }
}

async function askGitHub(
  { url, clientId, clientSecret }: Config['signIn'],
  callback: string,
): Promise<string | null> {
  const form = { client_id: clientId, client_secret: clientSecret, code: CODE, redirect_uri: callback };
  const answer = await ask(`${url}/login/oauth/access_token`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams(form),
  });
  if (answer === null) return null;
  const { error } = (await answer.json().catch(() => ({}))) as { error?: string };
  return error ?? String(answer.status);
}
