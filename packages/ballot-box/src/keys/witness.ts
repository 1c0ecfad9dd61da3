import { randomBytes } from 'node:crypto';
import type { SecretFiles } from './secret-files.ts';

/**
 * How new something in the database is at least: an election's row, a shard of its box, the audit trail.
 * Only what was committed becomes a fact, and only after it was: a database may be newer than what is known
 * of it (a process died in between) and never older.
 */
export interface Fact {
  /** The id of the election, or `INSTALLATION`. */
  readonly election: string;
  /** `row`, `shard 3`, `trail`, `request <id>`; `leaving`: the row of this version is about to be removed. */
  readonly item: string;
  /** Rises with every change. */
  readonly version: number;
  /** Tells states of one version apart; a few letters and digits. */
  readonly tag: string;
  /** Of an election's row or a request for an exception: the key of the election under which it is found. */
  readonly key?: string;
}

/** Stands for the id of an election where a fact is of the whole database. */
export const INSTALLATION = 'installation';

/** `older`: set back. `other`: another state of the same version, so that one of the two was put aside. */
export type Staleness = 'older' | 'other';

/** What was known at one moment; it does not change. */
export interface Known {
  /** What is wrong with something that was read after this moment; null when nothing is. */
  staleness(found: Fact): Staleness | null;
  /** The newest version known; 0 when none is. */
  version(election: string, item: string): number;
  /** The ids of the elections whose row has to be there, under this key. */
  heldUnder(key: string): readonly string[];
  /** The items of the whole database that begin with `prefix` and have to be there, with the key of their election. */
  keyed(prefix: string): ReadonlyMap<string, string>;
  /** Every election of which there is a row, by id. */
  rows(): ReadonlyMap<string, { readonly key: string; readonly version: number }>;
}

/**
 * What the secrets directory knows of the database. Each process writes a file of its own and reads those of
 * all others, so that none can put another's knowledge back and no lock is needed.
 */
export interface Witness {
  /**
   * What is known now, by other processes up to `age` ms ago. Take it first and ask the database after it:
   * what is read then is at least as new.
   */
  known(age?: number): Known;
  /**
   * Takes note of what was committed. In the file when it returns, so that the death of this process loses
   * nothing; on disk within a second, or at once with `durable`. Where the disk refuses, this and each further call throws, one without
   * facts too, until everything is written.
   */
  note(facts: readonly Fact[], durable?: boolean): void;
  /** The box was emptied by the count: what is known of its shards is dropped. */
  forgetBox(election: string): void;
  /** The election was removed on an operator's word. */
  forget(election: string): void;
  /** Lets go of items that tell nothing any more; another server may still know them for a while. */
  drop(election: string, isStale: (item: string, version: number) => boolean): void;
}

const FOLDER = 'witness';
const NAME = /^[0-9a-f]{16}$/;
const DELAY = 1000;
/** A file that nobody has written for so long, ms, is another's no more. */
const ABANDONED = 24 * 60 * 60 * 1000;
const LAST = Number.MAX_SAFE_INTEGER;

interface Entry {
  readonly version: number;
  readonly tags: readonly string[];
  readonly key: string | undefined;
}
type Items = ReadonlyMap<string, Entry>;

/** @param mac authenticates a line, so that a torn or foreign one is told from ours. */
export function createWitness(files: SecretFiles, mac: (line: string) => string): Witness {
  const own = randomBytes(8).toString('hex');
  /** Inner maps are never changed, only replaced: `Known` keeps them. */
  let all: ReadonlyMap<string, Items> = new Map();
  const written = new WeakMap<Entry, string>();
  const seen = new Map<string, string>();
  let readAt = -Infinity;
  let timer: NodeJS.Timeout | null = null;
  /** What was noted since the last rewriting of the file began. */
  let since = '';
  let failed = false;

  function absorb({ election, item, version, tag, key }: Fact): void {
    const items = all.get(election);
    const before = items?.get(item);
    if (before !== undefined && version < before.version) return;
    if (before?.version === version && before.tags.includes(tag)) return;
    const tags = before?.version === version ? [...before.tags, tag] : [tag];
    all = new Map(all).set(election, new Map(items).set(item, { version, tags, key }));
  }

  function prune(elections: Iterable<string>): void {
    for (const election of elections) {
      const items: Items = all.get(election) ?? new Map();
      const gone = items.get('gone');
      const counted = items.has('counted');
      const kept = [...items].filter(([item]) =>
        gone === undefined ? !(counted && item.startsWith('shard ')) : item === 'gone',
      );
      if (kept.length < items.size) all = new Map(all).set(election, new Map(kept));
    }
  }

  function readOthers(): void {
    let news = false;
    for (const { name, stamp } of files.list(FOLDER)) {
      if (name === own || !NAME.test(name) || seen.get(name) === stamp) continue;
      for (const fact of parse(files.read(`${FOLDER}/${name}`))) absorb(fact);
      seen.set(name, stamp);
      news = true;
    }
    if (news) prune(all.keys());
    readAt = performance.now();
  }

  function parse(bytes: Buffer | null): Fact[] {
    const lines = (bytes?.toString('utf8') ?? '').split('\n').slice(0, -1);
    return lines.flatMap((line) => {
      const at = line.lastIndexOf(' ');
      const body = line.slice(0, at);
      return line.slice(at + 1) === mac(body) ? [JSON.parse(body) as Fact] : [];
    });
  }

  const lineOf = (fact: Fact): string => {
    const body = JSON.stringify(fact);
    return `${body} ${mac(body)}\n`;
  };

  /** What is known of one item; made once, for most of it is written again and again as it was. */
  function linesOf(election: string, item: string, entry: Entry): string {
    const made = written.get(entry);
    if (made !== undefined) return made;
    const { version, tags, key } = entry;
    const lines = tags
      .map((tag) => lineOf({ election, item, version, tag, ...(key !== undefined && { key }) }))
      .join('');
    written.set(entry, lines);
    return lines;
  }

  function everything(): Buffer {
    const lines = [...all].flatMap(([election, items]) =>
      [...items].map(([item, entry]) => linesOf(election, item, entry)),
    );
    return Buffer.from(lines.sort().join(''));
  }

  /** One line an item, sorted: in which order things came is nowhere for longer than a second. */
  async function settle(): Promise<void> {
    timer = null;
    try {
      readOthers();
      since = '';
      await files.rewrite(`${FOLDER}/${own}`, everything(), () => Buffer.from(since));
      dropAbandoned();
    } catch {
      // The next note writes everything, and says what is wrong if it cannot.
      failed = true;
    }
  }

  function dropAbandoned(): void {
    const there = files.list(FOLDER);
    const now = there.find(({ name }) => name === own)?.changedAt ?? 0;
    for (const { name, stamp, changedAt } of there) {
      const read = seen.get(name) === stamp;
      if (name !== own && NAME.test(name) && read && changedAt < now - ABANDONED)
        files.destroy(`${FOLDER}/${name}`);
    }
  }

  function note(facts: readonly Fact[], durable = false): void {
    if (facts.length === 0 && !failed) return;
    for (const fact of facts) absorb(fact);
    prune(new Set(facts.map(({ election }) => election)));
    const lines = facts.map(lineOf).join('');
    since += lines;
    if (durable || failed) {
      files.replace(`${FOLDER}/${own}`, everything());
      failed = false;
      return;
    }
    // Until it is written, nobody is told that what was committed is known here.
    failed = true;
    files.append(`${FOLDER}/${own}`, Buffer.from(lines));
    failed = false;
    timer ??= setTimeout(() => void settle(), DELAY).unref();
  }

  return {
    known(age = DELAY) {
      if (performance.now() - readAt >= age) readOthers();
      return knownIn(all);
    },
    note,
    forgetBox: (election) => note([{ election, item: 'counted', version: LAST, tag: '' }], true),
    forget: (election) => note([{ election, item: 'gone', version: LAST, tag: '' }], true),
    drop(election, isStale) {
      const items = [...(all.get(election) ?? [])];
      const kept = items.filter(([item, { version }]) => !isStale(item, version));
      if (kept.length < items.length) all = new Map(all).set(election, new Map(kept));
    },
  };
}

/** Whether the row is to be found in the database: nobody has begun to remove this version of it. */
function isThere(items: Items, key?: string): boolean {
  const row = items.get('row');
  if (row === undefined || (key !== undefined && row.key !== key)) return false;
  return (items.get('leaving')?.version ?? 0) < row.version;
}

const knownIn = (all: ReadonlyMap<string, Items>): Known => ({
  staleness({ election, item, version, tag }) {
    const items = all.get(election);
    // What was removed for good does not come back.
    if (items?.has('gone')) return 'older';
    const entry = items?.get(item);
    if (entry === undefined || version > entry.version) return null;
    if (version < entry.version) return 'older';
    return entry.tags.length === 1 && entry.tags[0] === tag ? null : 'other';
  },
  version: (election, item) => all.get(election)?.get(item)?.version ?? 0,
  heldUnder: (key) => [...all].filter(([, items]) => isThere(items, key)).map(([id]) => id),
  keyed: (prefix) =>
    new Map(
      [...(all.get(INSTALLATION) ?? [])].flatMap(([item, { key }]) =>
        key !== undefined && item.startsWith(prefix) ? [[item, key] as const] : [],
      ),
    ),
  rows: () =>
    new Map(
      [...all].flatMap(([id, items]) => {
        const row = items.get('row');
        return row === undefined || !isThere(items)
          ? []
          : [[id, { key: row.key ?? '', version: row.version }] as const];
      }),
    ),
});
