import { readReceipt } from '@elekto/protocol/result';
import type { Receipt } from '@elekto/protocol/ballot';
import { z } from 'zod';
import { CHANNELS } from '../../shared/channels.ts';
import type { Counts } from '../count/counts.ts';
import { handle } from './handle.ts';

const election = z.string().min(1).max(512);
const receipt = z.string().max(10_000);
const repository = z.strictObject({
  source: z.url({ protocol: /^https?$/ }).max(500),
  branch: z.string().max(200).nullable(),
  folder: z.string().max(500),
});

/** `receipt` is the officer's own as a voter, as the ballot page saved it; empty for none. */
export function handleCounts(counts: Counts): void {
  handle(CHANNELS.lookAtCount, z.tuple([election, receipt]), ([key, text]) =>
    counts.look(key, receipts(text)),
  );
  handle(CHANNELS.actInCount, z.tuple([election, receipt]), ([key, text]) => counts.act(key, receipts(text)));
  handle(CHANNELS.chooseRepository, z.tuple([repository]), ([chosen]) => counts.chooseRepository(chosen));
}

function receipts(text: string): Receipt[] {
  const read = text.trim() === '' ? null : readReceipt(text);
  return read?.ok === true ? [read.value] : [];
}
