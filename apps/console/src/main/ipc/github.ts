import { z } from 'zod';
import { CHANNELS } from '../../shared/channels.ts';
import { checkAccounts } from '../github-accounts.ts';
import { fetchRoll } from '../github-roll.ts';
import { handle } from './handle.ts';

const loginSchema = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/);

export function handleGitHub(): void {
  handle(
    CHANNELS.checkAccounts,
    z.tuple([z.string().min(20).max(300).regex(/^\w+$/), z.array(loginSchema).max(20_000)]),
    ([token, logins]) => checkAccounts(token, logins),
  );
  handle(
    CHANNELS.fetchRoll,
    z.tuple([
      z.string().regex(/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/),
      z.string().regex(/^[\w./-]{1,200}$/),
      z.string().min(1).max(500),
    ]),
    ([repository, commit, path]) => fetchRoll(repository, commit, path),
  );
}
