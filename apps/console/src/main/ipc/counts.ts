import { readReceipt } from '@elekto/protocol/result';
import type { Receipt } from '@elekto/protocol/ballot';
import { z } from 'zod';
import type { ServerAnswer } from '../../shared/bridge.ts';
import { CHANNELS } from '../../shared/channels.ts';
import type { CountState } from '../../shared/count.ts';
import { confirmedPlace } from '../../shared/place.ts';
import type { Counts } from '../count/counts.ts';
import { handle } from './handle.ts';

const election = z.string().min(1).max(512);
const receipt = z.string().max(10_000);
const tieWords = z.strictObject({
  number: z.int().min(1).max(500),
  winners: z.array(z.string().min(1).max(512)).min(1).max(500),
  how: z.string().trim().min(1).max(1000),
  of: z.strictObject({ login: z.string().min(1).max(100), at: z.int() }).nullable(),
});
const reason = z.string().trim().min(1).max(1000);
const repository = z.strictObject({
  source: z.url({ protocol: /^https?$/ }).max(500),
  branch: z.string().max(200).nullable(),
  folder: z.string().max(500),
  typed: z.strictObject({ branch: z.string().max(200), folder: z.string().max(500) }),
});

/** `receipt` is the officer's own as a voter, as the ballot page saved it; empty for none. */
export function handleCounts(counts: Counts): void {
  handle(CHANNELS.lookAtCount, z.tuple([election, receipt]), ([key, text]) =>
    withReceipts(text, (own) => counts.look(key, own)),
  );
  handle(CHANNELS.actInCount, z.tuple([election, receipt]), ([key, text]) =>
    withReceipts(text, (own) => counts.act(key, own)),
  );
  handle(CHANNELS.takeBackVoid, z.tuple([election, receipt]), ([key, text]) =>
    withReceipts(text, (own) => counts.takeBackVoid(key, own)),
  );
  handle(CHANNELS.decideTie, z.tuple([election, tieWords]), ([key, words]) => counts.decideTie(key, words));
  handle(CHANNELS.lookAtVoids, z.tuple([election]), ([key]) => counts.lookAtVoids(key));
  handle(CHANNELS.signVoid, z.tuple([election, reason]), ([key, why]) => counts.signVoid(key, why));
  handle(CHANNELS.sayAlive, z.tuple([election]), ([key]) => counts.sayAlive(key));
  handle(CHANNELS.chooseRepository, z.tuple([repository]), ([named]) => {
    const place = confirmedPlace(named);
    // No window asks for it: its button waits for the names.
    if (place === null) throw new Error('a place that the officer has not confirmed');
    return counts.chooseRepository(place);
  });
}

/** Whoever gives a receipt wants it looked for: what cannot be read is said, and nothing is done without it. */
function withReceipts(
  text: string,
  work: (own: readonly Receipt[]) => Promise<ServerAnswer>,
): Promise<ServerAnswer> | ServerAnswer {
  if (text.trim() === '') return work([]);
  const read = readReceipt(text);
  return read.ok ? work([read.value]) : { kind: 'data', data: { kind: 'no-receipt' } satisfies CountState };
}
