import { hostKind, type RepositoryHost, type RepositoryPage } from '@elekto/election';

import type { SignInSettings } from '../config/sign-in.ts';

type Provider = Pick<SignInSettings, 'kind' | 'url' | 'demo'>;

const PROVIDER_HOSTS: Readonly<Record<SignInSettings['kind'], RepositoryHost | null>> = {
  github: 'github',
  gitlab: 'gitlab',
  forgejo: 'forgejo',
  gitea: 'forgejo',
  oidc: null,
};

/**
 * The page of a repository on its host, where officers can propose changes. The kind of the host is known by its name, or
 * because people sign in with its accounts. Null for any other source. Never with credentials in it.
 */
export function repositoryPage(source: string, provider: Provider): RepositoryPage | null {
  const [, host, path] = /^(?:ssh:\/\/)?git@([^:/]+)[:/](.+)$/.exec(source) ?? [];
  const url = host === undefined ? URL.parse(source) : URL.parse(`https://${host}/${path ?? ''}`);
  if (!url || url.protocol !== 'https:') return null;
  const own = !provider.demo && URL.parse(provider.url)?.host === url.host;
  const kind = own ? PROVIDER_HOSTS[provider.kind] : hostKind(url.hostname);
  const names = url.pathname
    .replace(/\.git\/?$/, '')
    .split('/')
    .filter((name) => name !== '');
  // Groups of GitLab have groups in them.
  const whole = kind === 'gitlab' ? names.length >= 2 : names.length === 2;
  return kind !== null && whole ? { url: `https://${url.host}/${names.join('/')}`, host: kind } : null;
}
