import type { Definition, SignInProvider } from '../backend/model.ts';

/** Whether logins are accounts of github.com, which alone is asked about them: another host's say nothing there, and are none of its business. */
export const areAccountsOfGitHub = (provider: SignInProvider | undefined): boolean =>
  provider?.profiles === 'https://github.com';

/** Whether the files lie on github.com, which can be asked for one at another commit. */
export const isOnGitHub = (definition: { readonly meta: Pick<Definition['meta'], 'url'> } | null): boolean =>
  URL.parse(definition?.meta.url ?? '')?.hostname === 'github.com';
