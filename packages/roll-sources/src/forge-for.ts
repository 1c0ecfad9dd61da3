import type { ForgeKind } from '@elekto/roll';
import { ForgeClient, type ClientOptions } from './client.ts';
import type { Forge } from './forge.ts';
import { GiteaForge } from './gitea/gitea-forge.ts';
import { GithubForge } from './github/github-forge.ts';
import { GitlabForge } from './gitlab/gitlab-forge.ts';

const FORGES: Readonly<
  Record<
    ForgeKind,
    Pick<ClientOptions, 'scheme' | 'withToken'> & { readonly of: new (client: ForgeClient) => Forge }
  >
> = {
  github: {
    scheme: 'token',
    withToken: 'set GITHUB_TOKEN, or sign in with "gh auth login"',
    of: GithubForge,
  },
  gitea: { scheme: 'token', withToken: 'set GITEA_TOKEN', of: GiteaForge },
  gitlab: { scheme: 'Bearer', withToken: 'set GITLAB_TOKEN', of: GitlabForge },
};

/** What answers for the repositories of a roll. */
export function forgeFor(
  { kind, api }: { readonly kind: ForgeKind; readonly api: string },
  options: Omit<ClientOptions, 'api' | 'scheme' | 'withToken'> & { readonly withToken?: string },
): Forge {
  const { of, ...own } = FORGES[kind];
  return new of(new ForgeClient({ ...own, ...options, api }));
}
