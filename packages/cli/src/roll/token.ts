import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ForgeKind } from '@elekto/roll';

const GITHUB = 'https://api.github.com';

/**
 * The token to ask a forge with, null without one. roll.yaml may come from a stranger's pull request and says whom to ask,
 * so a token goes only to the public address it is for, or to the one that this environment itself names.
 */
export async function tokenFor(
  { kind, api }: { readonly kind: ForgeKind; readonly api: string },
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  const is = (address: string | undefined): boolean =>
    address !== undefined && address.replace(/\/+$/, '') === api;
  if (kind === 'gitea')
    return is('https://codeberg.org/api/v1') || is(env['GITEA_API_URL']) ? env['GITEA_TOKEN'] || null : null;
  // CI_API_V4_URL is what GitLab's own runners name.
  if (kind === 'gitlab')
    return is('https://gitlab.com/api/v4') || is(env['GITLAB_API_URL']) || is(env['CI_API_V4_URL'])
      ? env['GITLAB_TOKEN'] || null
      : null;
  if (!is(GITHUB) && !is(env['GITHUB_API_URL'])) return null;
  const own = env['GITHUB_TOKEN'] || env['GH_TOKEN'];
  if (own || !is(GITHUB)) return own || null;
  const { stdout } = await promisify(execFile)('gh', ['auth', 'token'], { timeout: 10_000 }).catch(() => ({
    stdout: '',
  }));
  return stdout.trim() || null;
}
