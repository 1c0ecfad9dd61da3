import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { HouseRules } from '@elekto/election';
import { hashManifest } from '@elekto/protocol/manifest';
import type { ManifestV2 } from '@elekto/protocol/manifest';
import { dataOf, verifyResults } from '@elekto/protocol/result';
import type { ResultsFile2 } from '@elekto/protocol/result';
import { countByRule, ruleOf } from '@elekto/protocol/rule';
import { describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asFormat2, golden, goldenRows, SERVER } from './support/golden.ts';

const SECOND = fileURLToPath(new URL('second-verifier/verify.py', import.meta.url));

type Changes = Pick<ManifestV2, 'houseRules' | 'groupValues'> & Partial<Pick<ManifestV2, 'counting'>>;

/** Decides every tie for those who come first by ID, one after the other. */
function decided(manifest: ManifestV2, file: ResultsFile2, rows: readonly (readonly number[])[]) {
  const ballots = rows.map((ranks) => ({ ranks }));
  const decisions: { winners: string[]; how: string; by: string; at: number }[] = [];
  for (;;) {
    const { seats } = countByRule(ruleOf(manifest, file), ballots, decisions);
    const [tie] = seats.openTies;
    if (tie === undefined) return decisions;
    decisions.push({ winners: tie.candidates.slice(0, tie.seats), how: 'lots', by: 'ada', at: 1 });
  }
}

/** A golden result as it would have been with rules of the organisation. */
function withRules(
  name: string,
  { decide = false, ...changes }: Changes & { decide?: boolean },
): ResultsFile2 {
  const file = asFormat2(name);
  const { version: _version, ...rest } = file.manifest;
  const { shards: _shards, ...pinned } = rest as typeof rest & { shards?: number };
  const manifest: ManifestV2 = {
    ...pinned,
    version: 2,
    suite: 1,
    kind: 'election',
    run: '00'.repeat(16),
    names: Object.fromEntries(file.manifest.candidates.map((id) => [id, id])),
    edition: 3,
    ...changes,
  };
  const ballots = goldenRows(name).map((ranks) => ({ ranks }));
  const tieDecisions = decide ? decided(manifest, file, goldenRows(name)) : [];
  const outcome = dataOf(countByRule(ruleOf(manifest, file), ballots, tieDecisions));
  return SERVER.sign({
    ...file,
    manifest,
    manifestHash: hashManifest(manifest),
    tieDecisions,
    outcome,
  }) as ResultsFile2;
}

const verified = (name: string, file: ResultsFile2) =>
  verifyResults({
    ballotsCsv: golden(`${name}/ballots.csv`),
    resultsJson: JSON.stringify(file),
    publicKey: SERVER.publicKey,
  });

const firstWrong = async (name: string, file: ResultsFile2): Promise<string> =>
  (await verified(name, file)).checks.find((check) => !check.ok)?.name ?? 'ok';

/** What the second verifier says; null where there is no Python. */
function second(cases: readonly { name: string; file: ResultsFile2 }[]): string[] | null {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-rules-'));
  const path = join(dir, 'cases.jsonl');
  const lines = cases.map(({ name, file }) =>
    JSON.stringify({
      ballots: golden(`${name}/ballots.csv`),
      results: JSON.stringify(file),
      key: SERVER.publicKey,
    }),
  );
  writeFileSync(path, `${lines.join('\n')}\n`);
  const ran = spawnSync('python3', [SECOND, '--batch', path], { encoding: 'utf8', maxBuffer: 1 << 28 });
  rmSync(dir, { recursive: true });
  if (ran.error !== undefined) return null;
  expect(ran.stderr).toBe('');
  return ran.stdout.trimEnd().split('\n');
}

const ONE = { part: 1, whole: 1 };

/** Rules for any election: the first candidate stands for nobody, the last two are a group. */
function* rulesFor(name: string): Generator<Changes & { decide?: boolean }> {
  const { candidates, seats, representationLimit } = asFormat2(name).manifest;
  const [none = '', ...others] = candidates;
  for (const quorum of [{ ballots: 1 }, { ballots: 1_000_000 }, { part: 2, whole: 3 }])
    yield { houseRules: { quorum } };
  yield { houseRules: { minimumShare: { part: 3, whole: 4 } } };
  for (const rule of ['seats', 'drop'] as const) {
    yield { houseRules: { noneOfTheAbove: { candidate: none, rule, majority: ONE, support: 0 } } };
    yield {
      houseRules: {
        minimumShare: { part: 1, whole: 2 },
        noneOfTheAbove: {
          candidate: others.at(-1) ?? none,
          rule,
          majority: { part: 3, whole: 2 },
          support: 2,
        },
      },
    };
  }
  const terms = Array.from({ length: seats }, (_, i) => ({ seats: 1, term: `${i + 1} years` }));
  if (seats > 0) {
    yield { houseRules: { terms, vacancies: 'count-back' } };
    yield { houseRules: { terms }, decide: true };
  }
  if (seats < 1 || others.length < 2) return;
  const field = representationLimit?.field ?? 'region';
  const members = representationLimit === null ? others.slice(-2) : [];
  yield {
    houseRules: { groups: { field, seats: { North: 1 } } },
    groupValues: Object.fromEntries(members.map((id) => [id, 'North'])),
  };
}

/** Limits, ties, nobody's ballots and each way to fill seats. */
const BASES = [
  'schulze',
  'schulze-limit',
  'two-limit-ties',
  'tie-open',
  'no-ballots',
  'odd-ids',
  'irv',
  'scottish-stv',
];

const CASES = BASES.flatMap((name) =>
  [...rulesFor(name)].map((changes) => ({ name, file: withRules(name, changes) })),
);

describe('a result with rules of the organisation', () => {
  it('verifies, and is told the same by the second verifier', async (context) => {
    expect(CASES.length).toBeGreaterThan(50);
    for (const { name, file } of CASES) expect(await firstWrong(name, file), name).toBe('ok');
    const found = second(CASES);
    if (found === null) return context.skip('there is no python3 here');
    expect(
      found.map((said, i) => `${CASES[i]?.name ?? ''} ${JSON.stringify(CASES[i]?.file.manifest)}: ${said}`),
    ).toEqual(CASES.map(({ name, file }) => `${name} ${JSON.stringify(file.manifest)}: ok`));
  });

  it('is refused where its rules were other ones when the ballots were cast', async () => {
    const file = withRules('schulze', { houseRules: { quorum: { ballots: 1 } } });
    const { houseRules: _gone, ...without } = file.manifest as ManifestV2;
    const other = SERVER.sign({ ...file, manifest: without }) as ResultsFile2;
    expect(await firstWrong('schulze', other)).toBe('manifest');
    const hashed = SERVER.sign({
      ...file,
      manifest: without,
      manifestHash: hashManifest(without),
    }) as ResultsFile2;
    expect(await firstWrong('schulze', hashed)).toBe('recount');
  });

  const { candidates, seats } = asFormat2('schulze').manifest;
  const [id = ''] = candidates;
  const none = { candidate: id, rule: 'seats', majority: ONE, support: 0 } as const;
  const groups = { field: 'region', seats: { North: 1 } };
  const wrong: readonly (readonly [string, HouseRules, Record<string, string>?])[] = [
    ['a share of more than the whole', { quorum: { part: 3, whole: 2 } }],
    ['a minimum of more than the whole', { minimumShare: { part: 3, whole: 2 } }],
    ['none of the above that does not stand', { noneOfTheAbove: { ...none, candidate: 'nobody' } }],
    ['less than a majority', { noneOfTheAbove: { ...none, majority: { part: 1, whole: 2 } } }],
    ['terms of fewer seats than there are', { terms: [{ seats: seats + 1, term: '1 year' }] }],
    [
      'two terms that are called the same',
      {
        terms: [
          { seats: 1, term: '1 year' },
          { seats: seats - 1, term: '1 year' },
        ],
      },
    ],
    ['groups without members', { groups }],
    ['members without groups', {}, {}],
    ['more kept than there is', { groups: { field: 'region', seats: { North: seats + 1 } } }, {}],
    ['a group of nobody who stands', { groups }, { nobody: 'North' }],
    ['a member of a group without seats', { groups }, { [id]: 'South' }],
  ];

  it('is refused by both verifiers where the rules contradict themselves', async () => {
    const file = withRules('schulze', { houseRules: {} });
    const cases = wrong.map(([, houseRules, groupValues]) => {
      const manifest = {
        ...file.manifest,
        houseRules,
        ...(groupValues === undefined ? {} : { groupValues }),
      } as ManifestV2;
      return {
        name: 'schulze',
        file: SERVER.sign({ ...file, manifest, manifestHash: hashManifest(manifest) }) as ResultsFile2,
      };
    });
    for (const [i, each] of cases.entries())
      expect(await firstWrong('schulze', each.file), wrong[i]?.[0]).toBe('manifest');
    expect(second(cases) ?? wrong.map(() => 'manifest')).toEqual(wrong.map(() => 'manifest'));
  });
});

describe('the edition of the counting rules', () => {
  it('is pinned: who was pinned before instant-runoff ended with its last exclusion keeps its rounds', () => {
    const rows = goldenRows('irv').map((ranks) => ({ ranks }));
    const older = asFormat2('irv');
    const newer = withRules('irv', { houseRules: {} });
    const rounds = (manifest: ResultsFile2['manifest']) =>
      countByRule(ruleOf(manifest, older), rows, []).rounds.length;
    expect(rounds(older.manifest)).toBe(older.outcome.rounds.length);
    expect(rounds(newer.manifest)).toBe(older.outcome.rounds.length - 1);
  });
});
