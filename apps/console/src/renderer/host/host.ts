import type { Backend } from '../backend/backend.ts';

/** What became of a file that the officer asked to keep. */
export type SaveOutcome = 'saved' | 'cancelled';

/** A server the officer works with. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  /** Origin, without a slash at the end. */
  readonly url: string;
  readonly login: string | null;
}

export interface ProfilesState {
  readonly profiles: readonly Profile[];
  readonly active: string | null;
  /** False where the system has no safe place for the token: it is kept until the app quits. */
  readonly remembersSignIn: boolean;
}

/** The servers and the sign-in of the desktop app; the web build is signed in by the site's cookie. */
export interface Accounts {
  state(): Promise<ProfilesState>;
  add(url: string): Promise<ProfilesState>;
  remove(id: string): Promise<ProfilesState>;
  choose(id: string): Promise<ProfilesState>;
  /** Opens the system's browser; resolves when the officer came back from it. */
  signIn(): Promise<ProfilesState>;
  cancelSignIn(): Promise<void>;
  signOut(): Promise<ProfilesState>;
}

/** Commands that the desktop app's menus send. */
export type MenuCommand = 'home' | 'settings' | 'refresh' | 'find' | 'shortcuts' | 'report';

/** Where the renderer runs: a page of the server, or the desktop app. */
export interface Host {
  readonly kind: 'web' | 'desktop';
  readonly backend: Backend;
  /** Null in the browser. */
  readonly accounts: Accounts | null;
  saveFile(name: string, content: string | Uint8Array): Promise<SaveOutcome>;
  /** Saves the page that is shown as PDF (desktop) or opens the print dialog (browser). */
  savePdf(name: string): Promise<SaveOutcome>;
  /** Opens an https page in the system's browser. */
  openExternal(url: string): Promise<void>;
  copyText(text: string): Promise<void>;
  /** Version, platform: for reports. Nothing that names a person or holds a secret. */
  about(): Promise<Readonly<Record<string, string>>>;
  onCommand(listener: (command: MenuCommand) => void): () => void;
}
