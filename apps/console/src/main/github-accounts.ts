/** Which logins are accounts on GitHub, asked of its GraphQL API with the officer's own token. */
import { sameLogin } from '@elekto/election';
import { net } from 'electron';
import { z } from 'zod';
import type { AccountCheck } from '../shared/bridge.ts';

const BATCH = 80;
const API = 'https://api.github.com/graphql';

const answerSchema = z.object({ data: z.record(z.string(), z.object({ login: z.string() }).nullable()) });

/** The token is used for this call and kept nowhere. Rejects when GitHub refuses or is away. */
export async function checkAccounts(
  token: string,
  logins: readonly string[],
): Promise<readonly AccountCheck[]> {
  const checks: AccountCheck[] = [];
  for (let from = 0; from < logins.length; from += BATCH) {
    checks.push(...(await checkBatch(token, logins.slice(from, from + BATCH))));
  }
  return checks;
}

async function checkBatch(token: string, logins: readonly string[]): Promise<readonly AccountCheck[]> {
  // Logins were checked to be letters, digits and hyphens, and still go as variables, never as text.
  const names = logins.map((_, index) => `$l${index}: String!`).join(', ');
  const fields = logins.map((_, index) => `u${index}: user(login: $l${index}) { login }`).join(' ');
  const response = await net.fetch(API, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `query(${names}) { ${fields} }`,
      variables: Object.fromEntries(logins.map((login, index) => [`l${index}`, login])),
    }),
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`GitHub answered ${response.status}.`);
  const { data } = answerSchema.parse(await response.json());
  return logins.map((login, index) => {
    const name = data[`u${index}`]?.login ?? null;
    if (name === null) return { login, state: 'unknown', name };
    return { login, state: sameLogin(name, login) ? 'found' : 'renamed', name };
  });
}
