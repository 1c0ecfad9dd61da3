/** The servers an officer works with, and being signed in to one of them. Tokens never leave this process. */
import { randomUUID } from 'node:crypto';
import type { AccountsState } from '../shared/bridge.ts';
import { SignInError } from './loopback.ts';
import type { Server } from './server-client.ts';
import { serverOrigin } from './server-url.ts';
import type { Profile, SettingsStore } from './settings.ts';
import { revokeToken, signInThroughBrowser } from './sign-in.ts';
import type { TokenStore } from './token-store.ts';

const SIGN_IN_TIMEOUT_MS = 5 * 60_000;

export interface AccountsOptions {
  readonly settings: SettingsStore;
  readonly tokens: TokenStore;
  readonly openBrowser: (url: string) => Promise<void>;
  /** Called when the server or who is signed in to it changed. */
  readonly onChange: () => void;
}

export class Accounts {
  readonly #settings: SettingsStore;
  readonly #tokens: TokenStore;
  readonly #openBrowser: (url: string) => Promise<void>;
  readonly #onChange: () => void;
  #signingIn: AbortController | null = null;
  #problem: string | null = null;

  constructor({ settings, tokens, openBrowser, onChange }: AccountsOptions) {
    this.#settings = settings;
    this.#tokens = tokens;
    this.#openBrowser = openBrowser;
    this.#onChange = onChange;
  }

  state(): AccountsState {
    const { profiles, active } = this.#settings.get();
    return {
      profiles: profiles.map((profile) => ({
        ...profile,
        login: this.#tokens.get(profile.id) === null ? null : profile.login,
      })),
      active,
      remembersSignIn: this.#tokens.remembers,
      problem: this.#problem,
    };
  }

  /** The server to talk to now; null before one was added. */
  server(): Server | null {
    const profile = this.#active();
    return profile === undefined ? null : { origin: profile.url, token: this.#tokens.get(profile.id) };
  }

  async add(typed: string): Promise<AccountsState> {
    const url = serverOrigin(typed);
    if (url === null) {
      this.#problem =
        'Type the address of an Elekto server. It must begin with https:// unless it is on this machine.';
      return this.state();
    }
    const { profiles } = this.#settings.get();
    const known = profiles.find((profile) => profile.url === url);
    if (known !== undefined) return this.choose(known.id);
    const added: Profile = { id: randomUUID(), name: new URL(url).host, url, login: null };
    await this.#settings.change({ profiles: [...profiles, added], active: added.id });
    return this.#changed();
  }

  async remove(id: string): Promise<AccountsState> {
    await this.#forget(this.#profile(id));
    const { profiles, active } = this.#settings.get();
    const left = profiles.filter((profile) => profile.id !== id);
    await this.#settings.change({ profiles: left, active: active === id ? (left[0]?.id ?? null) : active });
    return this.#changed();
  }

  async choose(id: string): Promise<AccountsState> {
    if (this.#profile(id) === undefined) return this.state();
    this.cancelSignIn();
    await this.#settings.change({ active: id });
    return this.#changed();
  }

  async signIn(): Promise<AccountsState> {
    const profile = this.#active();
    if (profile === undefined) return this.state();
    this.cancelSignIn();
    const signingIn = new AbortController();
    this.#signingIn = signingIn;
    try {
      const { token, login } = await signInThroughBrowser({
        origin: profile.url,
        signal: signingIn.signal,
        timeoutMs: SIGN_IN_TIMEOUT_MS,
        open: this.#openBrowser,
      });
      await this.#tokens.set(profile.id, token);
      await this.#setLogin(profile.id, login);
      return this.#changed();
    } catch (error) {
      this.#problem = error instanceof SignInError ? error.message : 'The browser could not be opened.';
      return this.state();
    } finally {
      if (this.#signingIn === signingIn) this.#signingIn = null;
    }
  }

  cancelSignIn(): void {
    this.#signingIn?.abort();
    this.#signingIn = null;
  }

  async signOut(): Promise<AccountsState> {
    await this.#forget(this.#active());
    return this.#changed();
  }

  /** The server no longer knows the token: it ran out, or was revoked elsewhere. */
  async expire(): Promise<void> {
    const profile = this.#active();
    if (profile === undefined || this.#tokens.get(profile.id) === null) return;
    await this.#tokens.remove(profile.id);
    this.#changed();
    this.#problem = 'Your sign-in has ended. Sign in again.';
  }

  async #forget(profile: Profile | undefined): Promise<void> {
    if (profile === undefined) return;
    const token = this.#tokens.get(profile.id);
    await this.#tokens.remove(profile.id);
    await this.#setLogin(profile.id, null);
    if (token !== null) await revokeToken(profile.url, token);
  }

  async #setLogin(id: string, login: string | null): Promise<void> {
    const profiles = this.#settings
      .get()
      .profiles.map((each) => (each.id === id ? { ...each, login } : each));
    await this.#settings.change({ profiles });
  }

  #profile(id: string): Profile | undefined {
    return this.#settings.get().profiles.find((profile) => profile.id === id);
  }

  #active(): Profile | undefined {
    const { active } = this.#settings.get();
    return active === null ? undefined : this.#profile(active);
  }

  #changed(): AccountsState {
    this.#problem = null;
    this.#onChange();
    return this.state();
  }
}
