import type { ForgeKind } from '@elekto/roll';
import type { Forge } from './forge.ts';
import { GiteaForge } from './gitea/gitea-forge.ts';
import { GithubClient, type ClientOptions } from './github/client.ts';
import { GithubForge } from './github/github-forge.ts';

/** What answers for the repositories of a roll. */
export function forgeFor(
  { kind, api }: { readonly kind: ForgeKind; readonly api: string },
  options: Omit<ClientOptions, 'api'>,
): Forge {
  const client = new GithubClient({ ...options, api });
  return kind === 'github' ? new GithubForge(client) : new GiteaForge(client);
}
