import { BallotsFormatError } from '@elekto/tally';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CannotWriteError } from './model.ts';
import type { BallotFile, FormatName } from './model.ts';
import { BallotFileReader, readBallotFile } from './read.ts';
import { FORMATS } from './registry.ts';
import { shown } from './testing.ts';

const runs = Number(process.env['ELEKTO_MOST_RUNS'] ?? 300);

/** A small good file of each format, to be damaged. */
const GOOD: Readonly<Record<FormatName, string>> = {
  csv: 'Ann,Bob,"Cyd, Jr"\n1,2,No opinion\n3,2,1\n',
  json: '{"candidates":["A","B"],"ballots":[{"count":3,"ranking":[["A"],["B"]]},{"ranking":["B"]}],"unranked":"last"}',
  yaml: 'candidates: [A, B]\nballots:\n  - {count: 3, ranking: [[A], [B]]}\n  - ranking: [B]\nunranked: last\n',
  blt: '3 2\n-2\n3 1 2=3 0 # three\n1 3 - 1 0\n0\n"Ann"\n"Bob"\n"Cyd"\n"Title"\n',
  abif: '{title: "x"}\n=A:[Ann Smith]\n27:A>B=[C d] # most\n3:A/5,B/3\n',
  cef: '#/Candidates: A ; B ; C\n#/Weight Allowed: true\nx || A > B = C ^2 * 3 # why\n/EMPTY/\n',
  preflib:
    '# DATA TYPE: toi\n# NUMBER VOTERS: 4\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n3: {1,2}\n1: 2\n',
  civs: '# ours\n3x 1,2,-\n3,2,1\n',
  debian: '  Option 1--->: A\n/ Option 2--->: B\nV: 12\tx\nV: -1\ty\n',
  caritat:
    'candidates: [A, B]\nmethod: Condorcet\n---\npreferences:\n  - title: A\n    score: 3\n  - title: B\n    score: -1\n',
  cvr: 'id,rank1,rank2\n1,Ann,Bob\n2,"Bob",skipped\n',
};

const SIGNS = [...'0123456789ABab,;:>=<|/[](){}"\'#*^-_.~ \t\n\r\ufeff\0é徐'];

/** A text with pieces cut out, doubled, or put in. */
const damaged = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(8), fc.array(fc.constantFrom(...SIGNS), { maxLength: 4 })), {
      minLength: 1,
      maxLength: 5,
    })
    .map((changes) => {
      let changed = text;
      for (const [at, cut, put] of changes)
        changed = changed.slice(0, at) + put.join('') + changed.slice(at + cut);
      return changed;
    });

function outcome(read: () => BallotFile): string {
  try {
    return shown(read());
  } catch (error) {
    if (!(error instanceof BallotsFormatError)) throw error;
    expect(error.line).toBeGreaterThan(0);
    expect(error.column).toBeGreaterThan(0);
    return error.message;
  }
}

function inPieces(bytes: Uint8Array, size: number, from?: FormatName): BallotFile {
  const reader = new BallotFileReader(from === undefined ? {} : { from });
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  return reader.end();
}

describe.each(FORMATS.map(({ name }) => name))('%s', (name) => {
  it('is told by its content', () => {
    expect(readBallotFile(GOOD[name]).format).toBe(name);
  });

  it('reads damaged files, or says where they are wrong, and never crashes', () => {
    fc.assert(
      fc.property(damaged(GOOD[name]), (text) => {
        outcome(() => readBallotFile(text, { from: name }));
        outcome(() => readBallotFile(text));
      }),
      { numRuns: runs },
    );
  });

  it('reads any signs and any bytes without a crash', () => {
    const text = fc.array(fc.constantFrom(...SIGNS), { maxLength: 60 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          text.map((each) => new TextEncoder().encode(each)),
          fc.uint8Array({ maxLength: 60 }),
        ),
        (bytes) => {
          outcome(() => readBallotFile(bytes, { from: name }));
        },
      ),
      { numRuns: runs },
    );
  });

  it('reads the same in pieces of any length', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constant(GOOD[name]), damaged(GOOD[name])),
        fc.integer({ min: 1, max: 9 }),
        (text, size) => {
          const bytes = new TextEncoder().encode(text);
          expect(outcome(() => inPieces(bytes, size, name))).toBe(
            outcome(() => readBallotFile(text, { from: name })),
          );
        },
      ),
      { numRuns: runs },
    );
  });
});

const NAMES = ['Ann', 'Bob Smith', 'Zoë', '徐俊杰', 'o’Neil', 'x-1', '10', '__proto__'];

/** Ballots that every format holds, and more. */
const files = (ties: boolean): fc.Arbitrary<BallotFile> =>
  fc.integer({ min: 2, max: 6 }).chain((size) => {
    const rank = ties ? fc.integer({ min: 1, max: size }) : null;
    const ranks =
      rank === null
        ? fc.shuffledSubarray(
            Array.from({ length: size }, (_, i) => i + 1),
            { minLength: size, maxLength: size },
          )
        : fc.array(fc.option(rank, { freq: 4 }), { minLength: size, maxLength: size });
    const ballots = fc.array(fc.record({ ranks, count: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
      maxLength: 8,
    });
    return ballots.map((each) => {
      const document = {
        candidates: NAMES.slice(0, size),
        ballots: each.map(({ ranks: given, count }) => ({ count, ranking: tiers(given, NAMES) })),
      };
      return readBallotFile(JSON.stringify(document));
    });
  });

function tiers(ranks: readonly (number | null)[], names: readonly string[]): string[][] {
  const found: string[][] = [];
  ranks.forEach((rank, i) => rank !== null && (found[rank] ??= []).push(names[i] as string));
  return found.filter(() => true);
}

/** Ballots by what they say, whatever their order, and how equal ones are gathered. */
function gathered(file: BallotFile, names: readonly string[], noBlank = false): string[] {
  const counts = new Map<string, bigint>();
  const own = file.ballots.candidates;
  for (const { ranks, count = 1 } of file.ballots.ballots) {
    const ranking = tiers(
      Array.from(ranks),
      own.map((_, i) => names[i] as string),
    ).map((tier) => tier.sort());
    if (noBlank && ranking.length === 0) continue;
    const key = JSON.stringify(ranking);
    counts.set(key, (counts.get(key) ?? 0n) + BigInt(count));
  }
  return [...counts].map(([key, count]) => `${count} ${key}`).sort();
}

describe('writing and reading again', () => {
  it.each(FORMATS)('$title: gives the same ballots, or says what is lost', (format) => {
    fc.assert(
      fc.property(fc.oneof(files(true), files(false)), (file) => {
        let text: string;
        let lost: readonly string[];
        try {
          const written = format.write(file);
          lost = written.lost;
          text = [...written.pieces].join('');
        } catch (error) {
          expect(error).toBeInstanceOf(CannotWriteError);
          return;
        }
        const again = readBallotFile(text, { from: format.name, best: 'lowest', candidates: NAMES });
        const names = lost.some((what) => what.includes('no names'))
          ? file.ballots.candidates
          : again.ballots.candidates;
        const fewer = lost.some((what) => what.includes('blank ballots are left out'));
        const lowest = lost.some((what) => what.includes('get 0, below the others'));
        if (!lowest)
          expect(gathered(again, names, fewer)).toEqual(gathered(file, file.ballots.candidates, fewer));
        if (!fewer) expect(again.ballots.cast).toBe(file.ballots.cast);
      }),
      { numRuns: Math.ceil(runs / 3) },
    );
  });
});
