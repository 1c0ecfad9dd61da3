/** The way to sign in that the settings ask for. */
import { callbackPath, type SignInSettings } from '../config/sign-in.ts';

import type { SignInFlow } from './flow.ts';
import { createGitHubFlow } from './github.ts';
import { createOpenIdFlow, type Fetch } from './openid.ts';
import type { StateStore } from './state-store.ts';

export interface FlowParts {
  readonly settings: SignInSettings;
  /** Our own base URL, to which the provider sends browsers back. */
  readonly url: string;
  readonly store: StateStore;
  /** Asks the provider; only tests give another. */
  readonly fetch?: Fetch | undefined;
}

export function createFlow({ settings, url, store, fetch }: FlowParts): SignInFlow {
  const callbackUrl = url + callbackPath(settings.kind);
  return settings.kind === 'github'
    ? createGitHubFlow(settings, callbackUrl, store)
    : createOpenIdFlow({ settings, callbackUrl, store, fetch });
}
