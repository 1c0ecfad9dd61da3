/** Moments of an election that leave no trace in its box, kept for the officers' timeline. Nothing of them is about voters. */
import type { Election, ElectionKey, Instant } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { ruleOf } from '@elekto/protocol/rule';
import { canonicalJson, encodeText, hashOf } from '@elekto/wire';
import type { Context } from '../context.ts';
import type { Person } from '../model.ts';
import { notesIn } from '../notes.ts';
import { ok } from '../result.ts';
import { takeOffice } from './office.ts';

/** All in one note: a repository may have many, and each note is one more thing to keep outside of the database. */
const SEEN = 'folders seen';
const REHEARSED = 'rehearsed ';

export interface Rehearsed {
  readonly at: Instant;
  readonly by: string;
  /** `rehearsedRule` of that time; left out by versions that did not keep it. */
  readonly rule?: string;
}

/**
 * The hash of what a rehearsal shows: who stands and how it is counted. The roll changes every day and is not part of it,
 * so that a quorum that is a share of it is taken of a hundred.
 */
export const rehearsedRule = (election: Election): string =>
  hashOf('elekto/rehearsed/1', encodeText(canonicalJson(ruleOf({ ...election, eligible: 100 }))));

export interface Moments {
  /** When this installation first read the folder. */
  readonly seen: ReadonlyMap<ElectionKey, Instant>;
  /** The last rehearsal of each election. */
  readonly rehearsed: ReadonlyMap<ElectionKey, Rehearsed>;
}

/** Of all elections: two small questions for the whole list. */
export async function moments(ctx: Pick<Context, 'db' | 'keys'>): Promise<Moments> {
  const rehearsed = await notesIn(ctx).read(REHEARSED);
  return {
    seen: await seenIn(ctx),
    rehearsed: new Map(
      [...rehearsed].map(([name, body]) => [name.slice(REHEARSED.length), JSON.parse(body) as Rehearsed]),
    ),
  };
}

async function seenIn(ctx: Pick<Context, 'db' | 'keys'>): Promise<ReadonlyMap<ElectionKey, Instant>> {
  const body = (await notesIn(ctx).read(SEEN)).get(SEEN);
  return new Map(body === undefined ? [] : (JSON.parse(body) as [ElectionKey, Instant][]));
}

/** Keeps when folders were first read; of those that are known nothing changes. */
export async function noteSeen(
  ctx: Pick<Context, 'db' | 'keys'>,
  present: readonly ElectionKey[],
  at: Instant,
): Promise<void> {
  const known = await seenIn(ctx);
  const added = present.filter((key) => !known.has(key)).map((key) => [key, at] as const);
  if (added.length > 0) await notesIn(ctx).write(SEEN, JSON.stringify([...known, ...added]));
}

/** Keeps that an officer held a rehearsal, in place of the one before. The record is of what happened for real. */
export async function noteRehearsal(
  ctx: Context,
  election: Election,
  officer: Person,
): Promise<Result<null>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  const at = await ctx.db.read((em) => ctx.now(em));
  const rehearsed: Rehearsed = { at, by: officer.login, rule: rehearsedRule(election) };
  await notesIn(ctx).write(REHEARSED + election.key, JSON.stringify(rehearsed));
  return ok(null);
}
