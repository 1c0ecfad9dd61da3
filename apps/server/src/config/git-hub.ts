/** Which GitHub people sign in with: an app of the operator's, or the stand-in on loopback. */
import { isLoopback } from './checks.ts';
import type { Environment } from './environment.ts';

export interface GitHubSignIn {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Base URLs without a slash at the end. */
  readonly url: string;
  readonly apiUrl: string;
  /** True for the stand-in on loopback. */
  readonly demo: boolean;
}

/** Null when a problem was added. */
export function readGitHub({ values }: Environment, problems: string[]): GitHubSignIn | null {
  const clientId = values.ELEKTO_GITHUB_CLIENT_ID;
  const clientSecret = values.ELEKTO_GITHUB_CLIENT_SECRET;
  const host = values.HOST ?? '127.0.0.1';
  const demo = values.ELEKTO_DEMO_GITHUB;
  const fail = (problem: string): null => {
    problems.push(problem);
    return null;
  };
  if (clientId !== undefined && clientSecret === undefined) {
    return fail(
      'ELEKTO_GITHUB_CLIENT_SECRET is not set, but ELEKTO_GITHUB_CLIENT_ID is: set both or neither.',
    );
  }
  if (clientId === undefined && clientSecret !== undefined) {
    return fail(
      'ELEKTO_GITHUB_CLIENT_ID is not set, but ELEKTO_GITHUB_CLIENT_SECRET is: set both or neither.',
    );
  }
  if (clientId !== undefined && clientSecret !== undefined) {
    if (demo !== undefined)
      return fail('ELEKTO_DEMO_GITHUB is set beside a GitHub app: unset one of the two.');
    const url = (values.ELEKTO_GITHUB_URL ?? 'https://github.com').replace(/\/+$/, '');
    const ownApi = url === 'https://github.com' ? 'https://api.github.com' : `${url}/api/v3`;
    const apiUrl = (values.ELEKTO_GITHUB_API_URL ?? ownApi).replace(/\/+$/, '');
    return { clientId, clientSecret, url, apiUrl, demo: false };
  }
  if (!isLoopback(host)) {
    return fail(
      `No GitHub app is configured and HOST=${host} is not loopback: set ELEKTO_GITHUB_CLIENT_ID and ELEKTO_GITHUB_CLIENT_SECRET. The demo sign-in is for this machine only.`,
    );
  }
  if (values.ELEKTO_URL !== undefined && !isLoopback(hostOf(values.ELEKTO_URL))) {
    return fail(
      'No GitHub app is configured, but ELEKTO_URL is not on loopback: set ELEKTO_GITHUB_CLIENT_ID and ELEKTO_GITHUB_CLIENT_SECRET.',
    );
  }
  if (demo === undefined) {
    return fail(
      'No GitHub app is configured: set ELEKTO_GITHUB_CLIENT_ID and ELEKTO_GITHUB_CLIENT_SECRET (or use `npm start`, which brings a demo sign-in).',
    );
  }
  if (!isLoopback(hostOf(demo)))
    return fail('ELEKTO_DEMO_GITHUB is not on loopback: the demo sign-in is for this machine only.');
  const url = demo.replace(/\/+$/, '');
  return { clientId: 'elekto-demo', clientSecret: 'elekto-demo-secret', url, apiUrl: url, demo: true };
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
