import type { AccountCheck, AccountsState, MenuCommand, SaveAnswer, Theme } from '../../shared/bridge.ts';
import type {
  AliveState,
  CountEffort,
  CountState,
  TieState,
  TieWords,
  VoidState,
} from '../../shared/count.ts';
import type { NamedPlace } from '../../shared/place.ts';
import type {
  BegunCeremony,
  Ceremonies,
  CeremonyAct,
  CeremonyView,
  KeyAnswer,
  KeysState,
  NewCeremony,
  NewKey,
  ReadyAnswer,
} from '../../shared/keys.ts';
import type { RollBuilt, RollFolder, RollProgress, RollWish } from '../../shared/roll.ts';
import type { Backend } from '../backend/backend.ts';

/** The servers and the sign-in of the desktop app; the web build is signed in by the site's cookie. */
export interface HostAccounts {
  state(): Promise<AccountsState>;
  add(url: string): Promise<AccountsState>;
  remove(id: string): Promise<AccountsState>;
  choose(id: string): Promise<AccountsState>;
  /** Opens the system's browser; resolves when the officer came back from it, or it came to nothing. */
  signIn(): Promise<AccountsState>;
  cancelSignIn(): Promise<void>;
  /** Revokes the token on the server, too. */
  signOut(): Promise<AccountsState>;
}

/** What only the desktop app can ask GitHub: a page may not talk to other servers. */
export interface HostGitHub {
  checkAccounts(token: string, logins: readonly string[]): Promise<readonly AccountCheck[]>;
  fetchRoll(repository: string, commit: string, path: string): Promise<string>;
}

/** The officer's keys, which only the desktop app holds: no page that a server sends ever does. */
export interface HostKeys {
  state(): Promise<KeysState>;
  /** Null where this computer cannot keep one. */
  begin(): Promise<NewKey | null>;
  prove(words: readonly string[]): Promise<KeyAnswer>;
  recover(phrase: string): Promise<KeyAnswer>;
  ceremonies(): Promise<Ceremonies>;
  takePart(file: string, step: CeremonyAct): Promise<CeremonyView>;
  sayReady(file: string, election: string): Promise<ReadyAnswer>;
  beginCeremony(ceremony: NewCeremony): Promise<BegunCeremony>;
}

/** The officer's part in counts, which only the desktop app takes: it holds the keys and reads the repository itself. */
export interface HostCounts {
  /** `receipt`: the officer's own as a voter, as the ballot page saved it; empty for none. */
  look(election: string, receipt: string): Promise<CountState>;
  act(election: string, receipt: string): Promise<CountState>;
  takeBackVoid(election: string, receipt: string): Promise<CountState>;
  decideTie(election: string, words: TieWords): Promise<TieState>;
  lookAtVoids(election: string): Promise<VoidState>;
  signVoid(election: string, reason: string): Promise<VoidState>;
  sayAlive(election: string): Promise<AliveState>;
  /** Null when it is remembered from now on, else why not. */
  chooseRepository(place: NamedPlace): Promise<{ readonly message: string } | null>;
  onEffort(listener: (effort: CountEffort) => void): () => void;
}

/** Rolls built by rules, which only the desktop app does: it reads the officer's clone and asks forges. */
export interface HostRolls {
  /** What was chosen before when the dialog is cancelled. */
  chooseFolder(): Promise<RollFolder>;
  build(wish: RollWish): Promise<RollBuilt>;
  stop(): Promise<void>;
  /** Null when the files are written, else why not. */
  write(): Promise<{ readonly message: string } | null>;
  forgetToken(): Promise<RollFolder>;
  onProgress(listener: (progress: RollProgress) => void): () => void;
}

/** Where the renderer runs: a page of the server, or the desktop app. */
export interface Host {
  readonly kind: 'web' | 'desktop';
  readonly backend: Backend;
  /** Null in the browser. */
  readonly accounts: HostAccounts | null;
  /** Null in the browser. */
  readonly github: HostGitHub | null;
  /** Null in the browser. */
  readonly keys: HostKeys | null;
  /** Null in the browser. */
  readonly counts: HostCounts | null;
  /** Null in the browser. */
  readonly rolls: HostRolls | null;
  /** Windows beside this one, each for one election; false when it is one too many. Null in the browser, which has tabs. */
  readonly windows: { open(election: string, page: string): Promise<boolean> } | null;
  readonly theme: { get(): Promise<Theme>; set(theme: Theme): Promise<void> };
  saveFile(name: string, content: string | Uint8Array): Promise<SaveAnswer>;
  /** Saves the page that is shown as PDF (desktop) or opens the print dialog (browser). */
  savePdf(name: string): Promise<SaveAnswer>;
  /** Opens an https page in the system's browser. */
  openExternal(url: string): Promise<void>;
  copyText(text: string): Promise<void>;
  /** Origin of the server's pages; null while no server is chosen. */
  site(): Promise<string | null>;
  /** Version, platform: for reports. Nothing that names a person or holds a secret. */
  about(): Promise<Readonly<Record<string, string>>>;
  /** Commands of the desktop app's menus. Returns the function that stops listening. */
  onCommand(listener: (command: MenuCommand) => void): () => void;
}
