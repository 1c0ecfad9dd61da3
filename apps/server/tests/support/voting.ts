/** What the ballot page does, through the same library, with cheap stretching. */
import {
  deriveUnlock,
  openRecord,
  openSeed,
  sealBallot,
  signedRelease,
  type VoterSeed,
} from '@elekto/protocol/voter';
import type { Receipt } from '@elekto/protocol/ballot';

import type { Browser } from './browser.ts';
import { CHEAP_KDF } from './running.ts';

export const PASSPHRASE = 'six words that nobody would guess';

/** Asks for the paper, seals the ranking and sends it. */
export async function vote(
  browser: Browser,
  key: string,
  ranking: Readonly<Record<string, number>>,
  passphrase: string | null = PASSPHRASE,
): Promise<Receipt | null> {
  const paper = await browser.api.ballot.paper.query({ key });
  const { cast } = await sealBallot({ paper, ranking, passphrase, kdfs: [CHEAP_KDF] });
  return (await browser.api.ballot.cast.mutate({ key, cast })).receipt;
}

export interface Unlocked {
  readonly authKey: string;
  readonly seed: VoterSeed;
}

/** Gives the passphrase; the keys to one's own ballot. */
export async function unlock(browser: Browser, key: string, passphrase = PASSPHRASE): Promise<Unlocked> {
  const paper = await browser.api.ballot.paper.query({ key });
  const { unlock: salted } = await browser.api.ballot.participation.query({ key });
  if (!salted) throw new Error('has not voted');
  const derived = await deriveUnlock({ unlock: salted, passphrase, kdfs: [CHEAP_KDF] });
  const { sealedSeed } = await browser.api.ballot.unlock.mutate({ key, authKey: derived.authKey });
  const seed = await openSeed({ paper, derived, sealedSeed });
  if (!seed) throw new Error('the seed does not open');
  return { authKey: derived.authKey, seed };
}

/** What one's own ballot says. */
export async function view(
  browser: Browser,
  key: string,
  passphrase = PASSPHRASE,
): Promise<Record<string, number>> {
  const paper = await browser.api.ballot.paper.query({ key });
  const { authKey, seed } = await unlock(browser, key, passphrase);
  const record = await browser.api.ballot.record.mutate({ key, authKey, ...seed.place });
  const ranking = await openRecord({ paper, seed: seed.seed, record });
  if (!ranking) throw new Error('the record does not open');
  return ranking;
}

/** Puts another ballot in the place of one's own. */
export async function replace(
  browser: Browser,
  key: string,
  ranking: Readonly<Record<string, number>>,
  passphrase = PASSPHRASE,
): Promise<void> {
  const { authKey, seed } = await unlock(browser, key, passphrase);
  const paper = await browser.api.ballot.paper.query({ key });
  const { cast } = await sealBallot({ paper, ranking, passphrase, kdfs: [CHEAP_KDF] });
  const old = seed.place;
  const record = await browser.api.ballot.record.mutate({ key, authKey, ...old });
  const released = await signedRelease({ paper, seed: seed.seed, record, next: cast });
  await browser.api.ballot.replace.mutate({ key, authKey, old, cast, ...released });
}

/** Runs `work` over all items, `width` at a time. */
export async function atOnce<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

/** The same items in a random order. */
export function shuffled<T>(items: readonly T[]): T[] {
  const all = [...items];
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [all[i], all[j]] = [all[j] as T, all[i] as T];
  }
  return all;
}
