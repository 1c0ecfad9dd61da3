/** What is wrong between variables, and between them and the machine. Looks, and makes nothing. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import type { GitHubSignIn } from './config.ts';
import type { Environment } from './environment.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

export const isRemote = (source: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(source);

/** The elections directory as a path without empty and `.` parts; '' is the root. */
export const electionsFolder = (text: string): string =>
  text
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

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

export function checkMeta(source: string | undefined, electionsDir: string, problems: string[]): void {
  if (source === undefined) return;
  if (isRemote(source)) {
    if (!/^https?:\/\//i.test(source))
      problems.push(`ELEKTO_META: ${source} is not http(s); clone it and name the path.`);
    return;
  }
  if (/^[^/\\]+@[^/\\]+:/.test(source)) {
    problems.push(`ELEKTO_META: ${source} is an SSH address; use the https one.`);
    return;
  }
  const path = resolve(source);
  if (!isDirectory(path)) {
    problems.push(
      `ELEKTO_META: ${existsSync(path) ? `${source} is not a directory` : `there is no directory ${source}`}.`,
    );
    return;
  }
  try {
    accessSync(path, constants.R_OK | constants.X_OK);
  } catch {
    problems.push(`ELEKTO_META: the directory ${source} cannot be read.`);
    return;
  }
  // A repository is read from its objects, so its elections need not be in a work tree.
  const isRepository =
    existsSync(join(path, '.git')) || (existsSync(join(path, 'HEAD')) && existsSync(join(path, 'objects')));
  const folder = electionsFolder(electionsDir);
  if (folder.split('/').includes('..')) problems.push('ELEKTO_ELECTIONS_DIR must not contain "..".');
  else if (!isRepository && !isDirectory(join(path, folder))) {
    problems.push(`ELEKTO_ELECTIONS_DIR: there is no directory ${folder} in ${source}.`);
  }
}

const isDirectory = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** That the directory, or else its nearest ancestor, can be written. */
export function checkWritable(name: string, dir: string, problems: string[]): void {
  let place = dir;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  try {
    if (!isDirectory(place)) throw new Error('not a directory');
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch {
    problems.push(`${name}: ${dir} cannot be written.`);
  }
}
