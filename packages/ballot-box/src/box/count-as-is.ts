import type { Election } from '@elekto/election';
import { hashRecord } from '@elekto/protocol/ballot';
import type { CountedBallot } from '@elekto/protocol/result';
import type { Result } from '@elekto/protocol/refusal';
import { layOutAsIs, salvageBox } from '../board/lay-out-as-is.ts';
import type { Context } from '../context.ts';
import type { ElectionKeys } from '../keys/key-store.ts';
import { ok } from '../result.ts';
import { look } from '../transact.ts';
import { takeTurns } from '../turns.ts';
import { authenticRecords } from './authentic-records.ts';
import { electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';
import { finalise, storeCount } from './finalise.ts';
import { inNoOrderOfCasting, readRecord } from './open-box.ts';

/** What an operator decides on: why an election is not counted, and what could be counted of it. */
export interface AsIs {
  /** null: it was counted; nothing stood in the way. */
  readonly problem: string | null;
  readonly ballots: number;
  /** Shards that do not open: what was in them cannot be counted. */
  readonly lostShards: number;
  /** Records that open and cannot be read, and those of a seed that another one has. */
  readonly setAside: number;
  /** It is not counted by this, but laid out for its officers to count. */
  readonly byOfficers: boolean;
}

interface Salvaged extends Pick<AsIs, 'lostShards' | 'setAside'> {
  readonly ballots: readonly CountedBallot[];
  readonly records: readonly string[];
}

/**
 * Counts a closed election although it does not add up, on an operator's explicit word: every ballot of every
 * shard that is authentic, whatever stands beside it in the database. No ballot that the server has acknowledged and
 * that can still be read is left out. The record says for ever who decided it and what was wrong. Without
 * `actor` nothing is changed: it says what would be counted.
 *
 * Where officers hold the key, that is what is laid out for them in place of the box; they count it as any other.
 *
 * Refuses like `finalise` where nothing helps: no keys, a row that the server did not write, more ballots than
 * people were ever on the roll.
 */
export async function countAsIs(
  ctx: Context,
  election: Pick<Election, 'key'>,
  actor: string | null,
): Promise<Result<AsIs>> {
  const plain = await finalise(ctx, election);
  const none = { ballots: 0, lostShards: 0, setAside: 0, byOfficers: false };
  if (plain.ok) return ok({ problem: null, ...none });
  if (plain.error.kind !== 'ballot-box-damaged') return plain;
  const found = await look(ctx, async (em) => ok(await electionRow(ctx, em, election.key)));
  if (!found.ok) return found;
  const opened = found.value;
  const keys = opened === null ? null : await ctx.keys.election(opened.id);
  if (opened === null || opened.state !== 'closed' || keys === null) return plain;
  const problem = plain.error.why ?? plain.error.kind;
  const { manifest } = opened;
  if (manifest.suite === 2) {
    const box = await salvageBox(ctx, { ...opened, manifest }, keys);
    const { lostShards, setAside } = box;
    const told = { problem, ballots: box.records.length, lostShards, setAside, byOfficers: true };
    if (actor === null) return ok(told);
    const event = { actor, detail: detailOf(told) };
    const laid = await layOutAsIs(ctx, { ...opened, manifest }, keys, box, event);
    return laid.ok ? ok(told) : laid;
  }
  const { ballots, records, lostShards, setAside } = await salvage(ctx, opened, keys);
  const told = { problem, ballots: ballots.length, lostShards, setAside, byOfficers: false };
  if (actor === null) return ok(told);
  const detail = detailOf(told);
  const stored = await storeCount(
    ctx,
    opened,
    { ballots, records },
    { actor, action: 'counted-as-is', detail },
  );
  if (!stored.ok) return stored;
  const ended = await finalise(ctx, election);
  return ended.ok ? ok(told) : ended;
}

const detailOf = ({ ballots, lostShards, setAside, problem }: AsIs): string =>
  [`ballots: ${ballots}`, `lost: ${lostShards}`, `aside: ${setAside}`, problem].join('; ');

/** Everything that is authentic in a box. */
async function salvage(ctx: Context, opened: OpenedElection, keys: ElectionKeys): Promise<Salvaged> {
  const found = await authenticRecords(ctx, opened, keys.boxKey);
  const counted = new Map<string, { ballot: CountedBallot; record: string }>();
  const turn = takeTurns();
  for (const { shard, record } of found.records) {
    await turn();
    const ballot = readRecord(opened, keys, record, shard);
    if (ballot !== null && !counted.has(ballot.tracker))
      counted.set(ballot.tracker, { ballot, record: hashRecord(opened.manifestHash, record) });
  }
  const kept = [...counted.values()];
  return {
    ...(await inNoOrderOfCasting(kept)),
    lostShards: found.lostShards,
    setAside: found.records.length - kept.length,
  };
}
