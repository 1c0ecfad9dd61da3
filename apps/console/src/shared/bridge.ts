/** What the preload leaves in the window as `window.elekto`, and the values that cross it. */
import type { CountEffort, TieWords } from './count.ts';
import type { NamedPlace } from './place.ts';
import type { RollBuilt, RollFolder, RollProgress, RollWish } from './roll.ts';
import type { CeremonyAct, KeyAnswer, KeysState, NewCeremony, NewKey } from './keys.ts';

/** An answer of the server as it came, or that there was none. Values, because errors lose their class on IPC. */
export type ServerAnswer =
  | { readonly kind: 'data'; readonly data: unknown }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'unreachable'; readonly reason: string };

export type LiveEvent =
  | { readonly kind: 'status'; readonly status: 'connecting' | 'live' | 'polling' | 'offline' }
  | { readonly kind: 'change'; readonly change: { readonly kind: string; readonly key: string | null } };

export interface ServerProfile {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly login: string | null;
}

export interface AccountsState {
  readonly profiles: readonly ServerProfile[];
  readonly active: string | null;
  readonly remembersSignIn: boolean;
  /** Why the last attempt came to nothing; null when it did not. */
  readonly problem: string | null;
}

export type Theme = 'system' | 'light' | 'dark';

/** `go:<tab>` shows that page of the election at hand, `open:<route>` the route. */
export type MenuCommand =
  | 'home'
  | 'settings'
  | 'refresh'
  | 'shortcuts'
  | 'palette'
  | 'window'
  | 'count-file'
  | `go:${string}`
  | `open:${string}`;

export type SaveAnswer = 'saved' | 'cancelled';

export interface AccountCheck {
  readonly login: string;
  readonly state: 'found' | 'renamed' | 'unknown';
  /** The account's present name, when found. */
  readonly name: string | null;
}

export interface ConsoleBridge {
  query(path: string, input: unknown): Promise<ServerAnswer>;
  mutate(path: string, input: unknown): Promise<ServerAnswer>;
  watch(on: boolean): Promise<void>;
  onLive(listener: (event: LiveEvent) => void): () => void;
  accountsState(): Promise<AccountsState>;
  addServer(url: string): Promise<AccountsState>;
  removeServer(id: string): Promise<AccountsState>;
  chooseServer(id: string): Promise<AccountsState>;
  signIn(): Promise<AccountsState>;
  cancelSignIn(): Promise<void>;
  signOut(): Promise<AccountsState>;
  saveFile(name: string, content: string | Uint8Array): Promise<SaveAnswer>;
  savePdf(name: string): Promise<SaveAnswer>;
  openExternal(url: string): Promise<void>;
  copyText(text: string): Promise<void>;
  about(): Promise<Readonly<Record<string, string>>>;
  getTheme(): Promise<Theme>;
  setTheme(theme: Theme): Promise<void>;
  checkAccounts(token: string, logins: readonly string[]): Promise<readonly AccountCheck[]>;
  fetchRoll(repository: string, commit: string, path: string): Promise<string>;
  keysState(): Promise<KeysState>;
  beginKey(): Promise<NewKey | null>;
  proveKey(words: readonly string[]): Promise<KeyAnswer>;
  recoverKey(phrase: string): Promise<KeyAnswer>;
  ceremonies(): Promise<ServerAnswer>;
  takePart(file: string, step: CeremonyAct): Promise<ServerAnswer>;
  sayReady(file: string, election: string): Promise<ServerAnswer>;
  beginCeremony(ceremony: NewCeremony): Promise<ServerAnswer>;
  lookAtCount(election: string, receipt: string): Promise<ServerAnswer>;
  actInCount(election: string, receipt: string): Promise<ServerAnswer>;
  takeBackVoid(election: string, receipt: string): Promise<ServerAnswer>;
  decideTie(election: string, words: TieWords): Promise<ServerAnswer>;
  lookAtVoids(election: string): Promise<ServerAnswer>;
  signVoid(election: string, reason: string): Promise<ServerAnswer>;
  sayAlive(election: string): Promise<ServerAnswer>;
  chooseRepository(place: NamedPlace): Promise<ServerAnswer>;
  onEffort(listener: (effort: CountEffort) => void): () => void;
  chooseRollFolder(): Promise<RollFolder>;
  buildRoll(wish: RollWish): Promise<RollBuilt>;
  stopRoll(): Promise<void>;
  writeRoll(): Promise<{ readonly message: string } | null>;
  forgetRollToken(): Promise<RollFolder>;
  onRollProgress(listener: (progress: RollProgress) => void): () => void;
  /** A window of its own for a page of an election; false when there are as many as there may be. */
  openWindow(election: string, page: string): Promise<boolean>;
  onCommand(listener: (command: MenuCommand) => void): () => void;
}
