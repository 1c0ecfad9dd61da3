/**
 * The passphrase that was made for this visit, over going back and forth and over signing in again; in this tab
 * only. Once the ballot is cast nothing of it stays: it would open the ballot.
 */
import { makePassphrase } from '@elekto/protocol/voter';

const name = (key: string): string => `elekto-visit:${key}`;

/** The one of this visit and person, or a new one. */
export function visitPassphrase(key: string, login: string): string {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name(key)) ?? 'null') as {
      login?: unknown;
      passphrase?: unknown;
    } | null;
    if (kept?.login === login && typeof kept.passphrase === 'string') return kept.passphrase;
  } catch {
    // Made anew.
  }
  return anotherPassphrase(key, login);
}

export function anotherPassphrase(key: string, login: string): string {
  const passphrase = makePassphrase();
  try {
    sessionStorage.setItem(name(key), JSON.stringify({ login, passphrase }));
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
