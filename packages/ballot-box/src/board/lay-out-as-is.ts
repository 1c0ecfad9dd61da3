/* eslint elekto/words-in-catalogue: off -- for the record, in English as all of it */
import { checkBallot } from '@elekto/custody/ballot';
import { readManifest, writeBox } from '@elekto/custody';
import { officersRules } from '@elekto/protocol/ballot';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import type { Result } from '@elekto/protocol/refusal';
import { canonicalJson, toHex } from '@elekto/wire';
import { authenticRecords } from '../box/authentic-records.ts';
import type { OpenedElection } from '../box/election-row.ts';
import { everOnRoll, readRoll } from '../box/roll.ts';
import type { Context } from '../context.ts';
import type { ElectionKeys } from '../keys/key-store.ts';
import { appendAudit } from '../offices/audit-trail.ts';
import { ok, refuse } from '../result.ts';
import { transact } from '../transact.ts';
import { keepBox } from './lay-out-board.ts';

/** What there is in a box that does not add up. */
export interface SalvagedBox {
  readonly records: readonly Uint8Array[];
  /** Shards that do not open: what was in them cannot be counted. */
  readonly lostShards: number;
  /** Records whose proof does not hold, and those of a seed that another one has. */
  readonly setAside: number;
}

/** Every record of every shard that is authentic and proven: none that a voter has a receipt for and that is still there is left out. */
export async function salvageBox(
  ctx: Context,
  opened: OpenedElection & { readonly manifest: OfficersManifest },
  { boxKey }: ElectionKeys,
): Promise<SalvagedBox> {
  const found = await authenticRecords(ctx, opened, boxKey);
  const rules = officersRules(opened.manifest, opened.manifestHash);
  const sound = new Map<string, Uint8Array>();
  for (const { record } of found.records) {
    const ballot = checkBallot(rules, record);
    if (ballot.ok) sound.set(toHex(ballot.value.parts.handle), record);
  }
  const records = [...sound.values()];
  const setAside = found.records.length - records.length;
  return { records, lostShards: found.lostShards, setAside };
}

/**
 * Lays out for the officers what there is, on an operator's word; the record says so for ever, before it is done. Refuses
 * with `ballot-box-damaged` when there are more ballots than people were ever on the roll.
 */
export async function layOutAsIs(
  ctx: Context,
  opened: OpenedElection & { readonly manifest: OfficersManifest },
  { boxSigner }: ElectionKeys,
  { records }: Pick<SalvagedBox, 'records'>,
  event: { readonly actor: string; readonly detail: string },
): Promise<Result<null>> {
  const manifest = readManifest(canonicalJson(opened.manifest));
  if (!manifest.ok) return refuse('ballot-box-damaged', undefined, manifest.error.message);
  const noted = await transact(ctx, async (em) => {
    const ever = everOnRoll(await readRoll(em, opened));
    if (records.length > ever)
      return refuse(
        'ballot-box-damaged',
        undefined,
        `${records.length} ballots, and ${ever} people on the roll`,
      );
    const at = await ctx.now(em);
    await appendAudit(ctx, em, { key: opened.key, at, action: 'box-laid-out-as-is', ...event });
    return ok(null);
  });
  if (!noted.ok) return noted;
  return keepBox(ctx, opened.manifestHash, writeBox(manifest.value, records, null, boxSigner));
}
