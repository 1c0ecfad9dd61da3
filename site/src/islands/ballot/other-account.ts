import type { Problem } from '../shared/problem.ts';

/** What has nothing to do with who asks. */
const WHOEVER: ReadonlySet<string> = new Set(['offline', 'unexpected', 'not-ready', 'not-signed-in']);

/**
 * Why a call for `login` failed: where another account is signed in meanwhile, in another tab say, that is the reason,
 * whatever the server found wrong (a ballot made for somebody else, somebody who has voted, nobody on the roll).
 * @param ask who is signed in now, null for nobody. When it fails, the problem stays as it is.
 */
export async function problemFor(
  problem: Problem,
  login: string,
  ask: () => Promise<string | null>,
): Promise<Problem> {
  if (WHOEVER.has(problem.kind)) return problem;
  const now = await ask().catch(() => login);
  if (now === null) return { kind: 'not-signed-in', detail: null };
  return now === login ? problem : { kind: 'other-account', detail: null };
}
