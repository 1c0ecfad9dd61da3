import { describe, expect, it } from 'vitest';
import { asFormat2, golden, GOLDEN_NAMES, SERVER } from './support/golden.ts';
import {
  changedBallots,
  changedResults,
  doubledKeys,
  listedTamperings,
  looseJson,
  signedByTheServer,
} from './support/cases.ts';
import type { Tampered } from './support/cases.ts';
import { first, second } from './support/second-verifier.ts';

const genuine: Tampered[] = GOLDEN_NAMES.flatMap((name) => {
  const ballots = golden(`${name}/ballots.csv`);
  const key = SERVER.publicKey;
  // In format 2 a decision that settles nothing is refused.
  if (name === 'decision-unused') {
    return [{ name, ballots, results: golden(`${name}/results.json`), key }];
  }
  return [
    { name: `${name} of format 1`, ballots, results: golden(`${name}/results.json`), key },
    { name, ballots, results: JSON.stringify(asFormat2(name)), key },
    {
      name: `${name} with CR LF`,
      ballots: ballots.replaceAll('\n', '\r\n'),
      results: JSON.stringify(asFormat2(name)),
      key,
    },
  ];
});

const tampered = (): Tampered[] => [
  ...signedByTheServer(),
  ...doubledKeys(),
  ...looseJson(),
  ...changedBallots(),
  // All small changes of one result, and a fifth of those of the others.
  ...[...changedResults()].filter(({ name }, i) => name.startsWith('schulze:') || i % 5 === 0),
];

describe('tampering', () => {
  it('leaves nothing that the library takes for genuine, and genuine results are taken', async () => {
    for (const each of genuine) expect(await first(each), each.name).toBe('ok');
    const cases = tampered();
    expect(cases.length).toBeGreaterThan(1000);
    const passed: string[] = [];
    for (const each of cases) if ((await first(each)) === 'ok') passed.push(each.name);
    expect(passed).toEqual([]);
  });

  it('is told the same by a second verifier, written in another language from the documents alone', async (context) => {
    // Of the many small changes, which need a signature to be computed each, also every fortieth.
    const all = [...genuine, ...listedTamperings(), ...[...changedResults()].filter((_, i) => i % 40 === 0)];
    const found = second(all);
    if (found === null) return context.skip('there is no python3 here');
    const other: string[] = [];
    for (const [i, each] of all.entries()) {
      const mine = await first(each);
      if (mine !== found[i]) other.push(`${each.name}: ${mine} here, ${found[i]} there`);
    }
    expect(other).toEqual([]);
  });
});
