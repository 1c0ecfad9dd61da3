import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { withTemporary } from '@elekto/backup';
import { MetaRepoError, openMetaRepo } from '@elekto/metarepo';
import type { MetaSnapshot } from '@elekto/metarepo';

import { CliError } from '../cli-error.ts';
import { loginRule } from '../login-rule.ts';

/** Reads the meta repository of this environment (or the one named) once, beside a running server's clone. */
export async function readMeta(
  env: NodeJS.ProcessEnv,
  flags: { readonly meta?: string; readonly elections?: string },
): Promise<MetaSnapshot> {
  const source = flags.meta ?? env['ELEKTO_META'] ?? env['META_REPO'];
  if (source === undefined || source === '') {
    throw new CliError('name the meta repository with --meta, or set ELEKTO_META as for the server');
  }
  const folder = flags.elections ?? env['ELEKTO_ELECTIONS_DIR'] ?? env['ELECTION_DIR'] ?? 'elections';
  const cacheDir = mkdtempSync(join(tmpdir(), 'elekto-import-'));
  return withTemporary(cacheDir, async () => {
    const repo = await openMetaRepo({
      source: /^[a-z][a-z0-9+.-]*:\/\//i.test(source) ? source : resolve(source),
      electionsDir: folder
        .split('/')
        .filter((part) => part !== '' && part !== '.')
        .join('/'),
      branch: env['ELEKTO_META_BRANCH'] ?? env['META_BRANCH'],
      token: env['ELEKTO_META_TOKEN'],
      cacheDir,
      ...loginRule(env),
    });
    try {
      return await repo.sync();
    } finally {
      await repo.close();
    }
  }).catch((error: unknown) => {
    if (error instanceof MetaRepoError) throw new CliError(error.message);
    throw error;
  });
}
