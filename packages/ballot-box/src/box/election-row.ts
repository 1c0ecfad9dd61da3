import { timingSafeEqual } from 'node:crypto';
import { insertUnlessThere, lockRows, prepared, tables } from '@elekto/db';
import type { EntityManager, RowLock } from '@elekto/db';
import type { CandidateId, ElectionKey, Instant } from '@elekto/election';
import { canonicalJson } from '@elekto/wire';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import type { BoxState } from '../model.ts';
import type { Manifest } from '@elekto/protocol/manifest';
import { hashManifest } from '@elekto/protocol/manifest';
import { onceCommitted } from '../transact.ts';
import { rowFact, tellStaleness } from './freshness.ts';
import { hashRoll, readRollColumns, rollColumns } from './roll.ts';
import type { Roll } from './roll.ts';

/** What was told of a candidate who no longer stands when the box was closed. */
export interface Struck {
  readonly id: CandidateId;
  readonly commit: string;
}

/** What an officer asks for and another has to confirm: that voting starts anew, or, after the count, how a tie was decided. */
export interface Wish {
  readonly by: string;
  /** Of who asks, as the provider calls it for ever. */
  readonly account: string;
  readonly at: Instant;
  readonly tie?: { readonly winners: readonly CandidateId[]; readonly how: string };
}

/** An election's row as it stands there. */
type Stored = Omit<OpenedElection, 'legacy' | 'asked'> & { readonly asked: StoredWish | null };
type StoredWish = Wish | (Omit<Wish, 'account'> & { readonly githubId: string });

/** A box whose ballots were voided by a restart. */
export interface Voided {
  readonly run: string;
  readonly manifestHash: string;
  readonly at: Instant;
}

/** An opened election as stored: the one row that decides what stands on the ballot, when it is taken and from whom. */
export interface OpenedElection {
  readonly id: string;
  readonly key: ElectionKey;
  readonly state: BoxState;
  readonly withdrawn: boolean;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly closedAt: Instant | null;
  /** Somebody has cast a ballot: the manifest no longer follows the files. Stays, also when that ballot is withdrawn. */
  readonly pinned: boolean;
  /** Rows of the box. */
  readonly shards: number;
  readonly rollHash: string;
  readonly seenCommit: string;
  /** The database's time at which the fetch that produced this definition began. */
  readonly fetchedFrom: Instant;
  /** The end that the files said last, taken over or not. */
  readonly fileClosesAt: Instant | null;
  readonly origin: 'held' | 'imported';
  readonly struck: readonly Struck[];
  readonly asked: Wish | null;
  readonly voided: readonly Voided[];
  /** Of the results.json that counts; null before the count, and for a count from before it was kept here. */
  readonly resultSignature: string | null;
  /** When the result was published: two weeks later `delete_after` ends the links to ballots. */
  readonly publishedAt: Instant | null;
  /** Rises by one with every change. */
  readonly version: number;
  /** Written by a version that knew no pin: it takes no ballots until its next change writes it anew. */
  readonly legacy: boolean;
}

const COLUMNS = [
  'id',
  'key',
  'state',
  'withdrawn',
  'manifest',
  'manifest_hash',
  'opens_at',
  'closes_at',
  'closed_at',
  'pinned',
  'shards',
  'roll_hash',
  'seen_commit',
  'fetched_from',
  'file_closes_at',
  'origin',
  'struck',
  'restart_asked',
  'voided',
  'result_signature',
  'published_at',
  'version',
  'mac',
] as const;

/**
 * The election's row, or null before its opening. Never an older one than the secrets directory knows. With `share` (casts) or `update` (close) the row stays
 * locked to the end of the transaction: it is always the first lock taken. SQLite needs none, its
 * transactions exclude each other.
 */
export async function electionRow(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  key: ElectionKey,
  lock: RowLock = 'none',
): Promise<OpenedElection | null> {
  // What is changed alone decides more than one ballot: then what other servers know is read at once.
  const known = ctx.keys.witness.known(lock === 'update' ? 0 : undefined);
  const found = await genuineRow(ctx, em, key, lock);
  if (found === null) {
    if (known.heldUnder(key).length === 0) return null;
    throw new BoxDamaged(
      'the database lacks an election that the secrets directory knows (restored from a backup?)',
    );
  }
  const staleness = known.staleness(rowFact(found.opened, found.mac));
  if (staleness !== null) throw new BoxDamaged(tellStaleness("the election's row", staleness));
  return found.opened;
}

/** The row as the server once wrote it, be it set back meanwhile: for the operator who accepts that. */
export async function genuineRow(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  key: ElectionKey,
  lock: RowLock = 'none',
): Promise<{ readonly opened: OpenedElection; readonly mac: string } | null> {
  const select = async () => (await selectRow[lock](em, { key })).rows[0];
  // Who waited for a row that a restart of voting has replaced meanwhile sees the new one by asking anew.
  const row = (await select()) ?? (await select());
  if (row === undefined) return null;
  const before = verified.get(ctx.keys)?.get(row.id);
  if (before !== undefined && COLUMNS.every((column) => before.row[column] === row[column])) return before;
  const found = { row, ...verify(ctx.keys, row), mac: row.mac };
  const known = verified.get(ctx.keys) ?? new Map<string, Verified>();
  const [oldest] = known.keys();
  if (known.size >= MOST_VERIFIED && oldest !== undefined) known.delete(oldest);
  verified.set(ctx.keys, known.set(row.id, found));
  return found;
}

const locked = (lock: RowLock) =>
  prepared((em, { key }: { readonly key: ElectionKey }) =>
    lockRows(em, tables(em).selectFrom('election').select(COLUMNS).where('key', '=', key), lock).compile(),
  );
const selectRow = { none: locked('none'), share: locked('share'), update: locked('update') };

type Row = Awaited<ReturnType<typeof selectRow.none>>['rows'][number];

interface Verified {
  readonly row: Row;
  readonly opened: OpenedElection;
  readonly mac: string;
}

/** What each election's row was read as last: one that is the same in every column says the same. */
const verified = new WeakMap<Context['keys'], Map<string, Verified>>();
const MOST_VERIFIED = 64;

/** @throws BoxDamaged when the server did not write it. */
function verify(keys: Context['keys'], row: Row): { readonly opened: OpenedElection } {
  const manifest = parse<Manifest>(row.manifest);
  const opened: Stored = {
    id: row.id,
    key: row.key,
    state: row.state as BoxState,
    withdrawn: row.withdrawn !== 0,
    manifest,
    manifestHash: row.manifest_hash,
    opensAt: Number(row.opens_at),
    closesAt: Number(row.closes_at),
    closedAt: row.closed_at === null ? null : Number(row.closed_at),
    pinned: row.pinned !== 0,
    shards: row.shards,
    rollHash: row.roll_hash,
    seenCommit: row.seen_commit,
    fetchedFrom: Number(row.fetched_from),
    fileClosesAt: row.file_closes_at === null ? null : Number(row.file_closes_at),
    origin: row.origin as OpenedElection['origin'],
    struck: parse<Struck[]>(row.struck),
    asked: row.restart_asked === null ? null : parse<StoredWish>(row.restart_asked),
    voided: parse<Voided[]>(row.voided),
    resultSignature: row.result_signature,
    publishedAt: row.published_at === null ? null : Number(row.published_at),
    version: row.version,
  };
  const written = whichWrote(keys, opened, row.mac);
  if (written === 'now') return { opened: { ...opened, asked: wishOf(opened.asked), legacy: false } };
  if (written === 'before-pins') return { opened: asUpgraded(opened) };
  throw new BoxDamaged("the election's row was altered");
}

/** Which version of the server wrote a row; null: none did. SQLite holds values of any type in any column. */
function whichWrote(keys: Context['keys'], row: Stored, mac: string): 'now' | 'before-pins' | null {
  try {
    if (hashManifest(row.manifest) !== row.manifestHash) return null;
    if (same(mac, macOf(keys, row))) return 'now';
    return same(mac, macBeforePins(keys, row)) ? 'before-pins' : null;
  } catch {
    return null;
  }
}

function parse<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new BoxDamaged("the election's row was altered");
  }
}

/** A wish from before an account was called so is read as what it says; its MAC is over what stands there. */
const wishOf = (stored: StoredWish | null): Wish | null => {
  if (stored === null || !('githubId' in stored)) return stored;
  const { githubId: account, ...rest } = stored;
  return { ...rest, account };
};

/** What its MAC does not cover is what the migration makes of a row of before, whatever the columns say. */
function asUpgraded(row: Stored): OpenedElection {
  return {
    ...row,
    pinned: true,
    shards: row.manifest.version === 1 ? row.manifest.shards : 1,
    rollHash: '',
    fetchedFrom: 0,
    fileClosesAt: null,
    struck: [],
    asked: null,
    voided: [],
    resultSignature: null,
    publishedAt: null,
    version: 0,
    legacy: true,
  };
}

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'));

type Authenticated = Omit<Stored, 'manifest'>;

/** Authenticates everything that decides; who can write rows can neither reopen, redefine nor unpin an election with it. */
function macOf(keys: Context['keys'], row: Authenticated): string {
  const { id, key, state, withdrawn, manifestHash, opensAt, closesAt, closedAt, pinned, shards } = row;
  const { rollHash, seenCommit, fetchedFrom, fileClosesAt, origin, struck, asked, voided, version } = row;
  const { resultSignature, publishedAt } = row;
  const decides = { id, key, state, withdrawn, manifestHash, opensAt, closesAt, closedAt, pinned, shards };
  const follows = {
    rollHash,
    seenCommit,
    fetchedFrom,
    fileClosesAt,
    origin,
    struck,
    restartAsked: asked,
    voided,
    version,
    // Rows from before these were kept here have their MAC without them.
    ...(resultSignature !== null && { resultSignature }),
    ...(publishedAt !== null && { publishedAt }),
  };
  return keys.mac('elekto/election row/2', canonicalJson({ ...decides, ...follows }));
}

/** The MAC of rows written before the first ballot pinned. */
const macBeforePins = (keys: Context['keys'], row: Authenticated): string =>
  keys.mac(
    'elekto/election row/1',
    row.id,
    row.key,
    row.state,
    String(row.withdrawn),
    row.manifestHash,
    String(row.opensAt),
    String(row.closesAt),
    String(row.closedAt),
  );

const columnsOf = (keys: Context['keys'], row: Omit<OpenedElection, 'legacy'>) => ({
  id: row.id,
  key: row.key,
  state: row.state,
  withdrawn: row.withdrawn ? 1 : 0,
  manifest: canonicalJson(row.manifest),
  manifest_hash: row.manifestHash,
  opens_at: row.opensAt,
  closes_at: row.closesAt,
  closed_at: row.closedAt,
  pinned: row.pinned ? 1 : 0,
  shards: row.shards,
  roll_hash: row.rollHash,
  seen_commit: row.seenCommit,
  fetched_from: row.fetchedFrom,
  file_closes_at: row.fileClosesAt,
  origin: row.origin,
  struck: canonicalJson(row.struck),
  restart_asked: row.asked === null ? null : canonicalJson(row.asked),
  voided: canonicalJson(row.voided),
  result_signature: row.resultSignature,
  published_at: row.publishedAt,
  version: row.version,
  mac: macOf(keys, row),
});

/** A row as it is first written; `manifestHash` and `rollHash` follow from the rest. */
export type NewElection = Pick<
  OpenedElection,
  'id' | 'key' | 'state' | 'manifest' | 'opensAt' | 'closesAt' | 'closedAt' | 'shards' | 'origin'
> & {
  readonly commit: string;
  readonly fetchedFrom: Instant;
  readonly roll: Roll;
  readonly pinned: boolean;
} & Partial<Pick<OpenedElection, 'voided'>>;

/** Writes a new row; false when the key has one. */
export async function insertElection(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  made: NewElection,
): Promise<boolean> {
  const { commit, roll, ...given } = made;
  const row = {
    voided: [],
    ...given,
    withdrawn: false,
    manifestHash: hashManifest(made.manifest),
    rollHash: hashRoll(roll),
    seenCommit: commit,
    fileClosesAt: made.closesAt,
    struck: [],
    asked: null,
    resultSignature: null,
    publishedAt: null,
    version: 1,
  };
  const columns = columnsOf(ctx.keys, row);
  if (!(await insertUnlessThere(em, 'election', { ...columns, ...rollColumns(roll) }))) return false;
  onceCommitted(em, rowFact(row, columns.mac));
  return true;
}

export type ElectionChanges = Partial<
  Omit<OpenedElection, 'id' | 'manifestHash' | 'rollHash' | 'version' | 'legacy'>
> & {
  readonly roll?: Roll;
};

/** Changes an election's row; the only way to do it, since the row is authenticated. The caller holds its lock. */
export async function changeElection(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  { roll: given, ...changes }: ElectionChanges,
): Promise<OpenedElection> {
  // The roll of a row of before is authenticated by nothing yet: from now on it is.
  const roll = given ?? (opened.legacy ? await readRollColumns(em, opened.id) : undefined);
  const next: OpenedElection = {
    ...opened,
    ...changes,
    ...(changes.manifest && { manifestHash: hashManifest(changes.manifest) }),
    ...(roll && { rollHash: hashRoll(roll) }),
    version: opened.version + 1,
    legacy: false,
  };
  const { id: _, ...columns } = columnsOf(ctx.keys, next);
  await tables(em)
    .updateTable('election')
    .set({ ...columns, ...(roll && rollColumns(roll)) })
    .where('id', '=', opened.id)
    .execute();
  onceCommitted(em, rowFact(next, columns.mac));
  return next;
}
