/** What the test chose about the machine the app seems to run on, and whether the app is ready. */

export interface Machine {
  readonly userData: string;
  readonly packaged: boolean;
  /** A link with which macOS starts the app: told before it is ready. */
  readonly openUrl?: string;
  /** What safeStorage finds: a keyring, Chromium's built-in plain password, nothing. */
  readonly safeStorage: 'gnome_libsecret' | 'basic_text' | 'unavailable';
}

export const machine = JSON.parse(process.env['ELECTRON_DOUBLE'] ?? '{}') as Machine;

export const life = { ready: false, quitting: false };

/** Electron throws when a part is used too early; so does the double. */
export function needReady(what: string): void {
  if (!life.ready) throw new Error(`${what} cannot be used before app is ready`);
}

/** What Electron sends over IPC must survive a structured clone. */
export function needCloneable(value: unknown): void {
  try {
    structuredClone(value);
  } catch {
    throw new Error('An object could not be cloned.');
  }
}
