import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ballotVectors,
  boardVectors,
  ceremonyVectors,
  groupVectors,
  officersVectors,
  VECTORS,
} from './vectors.ts';

const script = join(import.meta.dirname, 'independent/verify.py');
const python = spawnSync('python3', ['--version'], { encoding: 'utf8' });

/** What the second verifier found, in the order of the vectors: a code, or what came out. */
interface Found {
  'group-1': { scalars: string[]; generators: string[]; payloads: string[][]; notPoints: boolean[] };
  'ballots-2': { cases: Record<string, unknown>[]; bad: string[]; releases: (string | null)[] };
  'ceremony-1': { cases: Record<string, unknown>[]; bad: string[] };
  'board-1': { cases: Record<string, unknown>[]; bad: string[] };
  'officers-1': Record<'custody' | 'disputes' | 'liveness' | 'ties' | 'voids', unknown[]>;
}

describe('a second verifier, in Python, written from the specification', () => {
  it('finds the same in every vector', (context) => {
    if (python.status !== 0) context.skip('python3 is not on this machine');
    const run = spawnSync('python3', [script, VECTORS], {
      encoding: 'utf8',
      maxBuffer: 1e8,
      timeout: 170_000,
    });
    expect(run.stderr).toBe('');
    const found = JSON.parse(run.stdout) as Found;

    expect(found['group-1'].scalars).toEqual(groupVectors.scalars.map(({ scalar }) => scalar));
    expect(found['group-1'].generators).toEqual(groupVectors.generators);
    expect(found['group-1'].payloads).toEqual(groupVectors.payloads.map(({ points }) => points));
    expect(found['group-1'].notPoints).toEqual(groupVectors.notPoints.map(() => true));

    found['ballots-2'].cases.forEach((one, i) => {
      const { mine, tag, ...rest } = one;
      expect([mine, tag]).toEqual([true, true]);
      expect(ballotVectors.cases[i]).toMatchObject(rest);
    });
    expect(found['ballots-2'].cases).toHaveLength(ballotVectors.cases.length);
    expect(found['ballots-2'].releases).toEqual(ballotVectors.releases.map(({ code }) => code));
    found['ceremony-1'].cases.forEach((one, i) => expect(ceremonyVectors.cases[i]).toMatchObject(one));
    found['board-1'].cases.forEach((one, i) => expect(boardVectors.cases[i]).toMatchObject(one));

    const refusals = (bad: readonly { what: string; code: string }[], codes: readonly unknown[]): void =>
      expect(bad.map(({ what }, i) => `${what}: ${String(codes[i])}`)).toEqual(
        bad.map(({ what, code }) => `${what}: ${code}`),
      );
    refusals(ballotVectors.bad, found['ballots-2'].bad);
    refusals(ceremonyVectors.bad, found['ceremony-1'].bad);
    refusals(boardVectors.bad, found['board-1'].bad);

    const said = found['officers-1'];
    const { custody, disputes, liveness, ties, voids } = officersVectors;
    const each = (of: readonly { what: string }[], outcomes: readonly unknown[]) =>
      of.map(({ what }, i) => [what, outcomes[i]]);
    const codes = (of: readonly { code: string | null }[]) => of.map(({ code }) => code);
    expect(each(custody, said.custody)).toEqual(each(custody, codes(custody)));
    expect(each(liveness, said.liveness)).toEqual(each(liveness, codes(liveness)));
    expect(each(disputes, said.disputes)).toEqual(
      each(
        disputes,
        disputes.map(({ state, code, party }) => ({ state, code, party })),
      ),
    );
    for (const [of, outcomes] of [
      [ties, said.ties],
      [voids, said.voids],
    ] as const)
      expect(each(of, outcomes)).toEqual(
        each(
          of,
          of.map((one) => one.code ?? one.said),
        ),
      );
  });
});
