/**
 * The passphrase that was made for this visit, over going back and forth and over signing in again; in this tab
 * only. Once the ballot is cast nothing of it stays: it would open the ballot.
 */
import { makePassphrase } from '@elekto/protocol/voter';
import type { Manifest } from '@elekto/protocol/manifest';

type Sealed = Pick<Manifest, 'suite'>;

const name = (key: string): string => `elekto-visit:${key}`;

interface Kept {
  readonly passphrase: string;
  /** A ballot was sent with it. */
  readonly sent: boolean;
}

/** The one of this visit and person, or a new one. */
export const visitPassphrase = (key: string, login: string, manifest: Sealed): string =>
  kept(key, login, manifest)?.passphrase ?? anotherPassphrase(key, login, manifest);

/**
 * The one that a ballot was sent with whose answer did not come back, so that nobody has been shown it yet; null where
 * there is none. It is kept no longer.
 */
export function takePassphrase(key: string, login: string, manifest: Sealed): string | null {
  const found = kept(key, login, manifest);
  dropPassphrase(key);
  return found?.sent === true ? found.passphrase : null;
}

function kept(key: string, login: string, manifest: Sealed): Kept | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(name(key)) ?? 'null') as {
      login?: unknown;
      suite?: unknown;
      passphrase?: unknown;
      sent?: unknown;
    } | null;
    if (found?.login !== login || found.suite !== manifest.suite) return null;
    const { passphrase, sent } = found;
    return typeof passphrase === 'string' ? { passphrase, sent: sent === true } : null;
  } catch {
    return null;
  }
}

export function anotherPassphrase(key: string, login: string, manifest: Sealed): string {
  const passphrase = makePassphrase(manifest);
  keepPassphrase(key, login, manifest, { passphrase, sent: false });
  return passphrase;
}

export function keepPassphrase(key: string, login: string, { suite }: Sealed, what: Kept): void {
  try {
    sessionStorage.setItem(name(key), JSON.stringify({ login, suite, ...what }));
  } catch {
    // Without storage it lives as long as the page.
  }
}

export function dropPassphrase(key: string): void {
  try {
    sessionStorage.removeItem(name(key));
  } catch {
    // Nothing was kept.
  }
}
