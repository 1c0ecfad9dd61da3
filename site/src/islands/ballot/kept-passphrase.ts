/**
 * The passphrase that was made for this visit, over going back and forth and over signing in again; in this tab
 * only. Once the ballot is cast nothing of it stays: it would open the ballot.
 */
import { makePassphrase } from '@elekto/protocol/voter';
import type { Manifest } from '@elekto/protocol/manifest';

type Sealed = Pick<Manifest, 'suite'>;

const name = (key: string): string => `elekto-visit:${key}`;

/** The one of this visit and person, or a new one. */
export function visitPassphrase(key: string, login: string, manifest: Sealed): string {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name(key)) ?? 'null') as {
      login?: unknown;
      suite?: unknown;
      passphrase?: unknown;
    } | null;
    const fits = kept?.login === login && kept.suite === manifest.suite;
    if (fits && typeof kept.passphrase === 'string') return kept.passphrase;
  } catch {
    // Made anew.
  }
  return anotherPassphrase(key, login, manifest);
}

export function anotherPassphrase(key: string, login: string, manifest: Sealed): string {
  const passphrase = makePassphrase(manifest);
  try {
    sessionStorage.setItem(name(key), JSON.stringify({ login, suite: manifest.suite, passphrase }));
  } catch {
    // Without storage it lives as long as the page.
  }
  return passphrase;
}

export function dropPassphrase(key: string): void {
  try {
    sessionStorage.removeItem(name(key));
  } catch {
    // Nothing was kept.
  }
}
