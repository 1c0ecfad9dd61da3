/** What the ballot page does, through the same library, with cheap stretching. */
import { sealBallot } from '@elekto/ballot-box/browser';
import type { Receipt } from '@elekto/ballot-box';

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
