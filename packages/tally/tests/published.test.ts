import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import type { CountOptions, Outcome } from '../src/index.ts';
import { count, parseBallotsCsv, parseCivsCsv } from '../src/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const shared = join(root, '../shared');
const real = join(shared, 'data/real');
const steering = 'kubernetes/elections/steering';

const present = existsSync(shared);
if (!present)
  console.warn('NOTICE: ../shared is absent, so the published elections are not counted in this run.');

const read = (path: string): string => readFileSync(join(real, path), 'utf8');

function countFile(path: string, options: CountOptions): Outcome {
  return count(parseBallotsCsv(read(path)), options);
}

/** Lines such as `3. [Nabarun Pal](https://github.com/palnabarun)` after a heading, as logins or names. */
function numbered(text: string): string[] {
  return [...text.matchAll(/^(\d+)\. (?:\[.*\]\(https:\/\/github\.com\/(.+)\)|(.+))$/gm)].map((found) =>
    (found[2] ?? found[3] ?? '').trim(),
  );
}

describe.runIf(present)('what organisations published', () => {
  it.each([
    [2017, 20, 6],
    [2018, 8, 3],
  ])('Kubernetes steering %i: the complete ranking of %i candidates from CIVS', (year, size, seats) => {
    const published = numbered(read(`${steering}/${year}/RESULTS.md`))
      .slice(0, size)
      // The header of 2017 spells one name otherwise than its results do.
      .map((name) => (name === 'Phillip Wittrock' ? 'Phillip Whitrock' : name));
    const file = read(`${steering}/${year}/BALLOTS.csv`);
    const outcome = count(parseCivsCsv(file), { seats });
    expect(outcome.places.map(({ candidates }) => candidates)).toEqual(published.map((name) => [name]));
    expect(outcome).toEqual(count(parseBallotsCsv(file), { seats }));
  });

  it('Kubernetes steering 2017: the seats with the limit that was applied by hand', () => {
    const values = new Map(
      ['Phillip Whitrock', 'Michael Rubin', 'Aaron Crickenberger', 'Jaice Singer DuMars'].map((name) => [
        name,
        name,
      ]),
    );
    for (const name of ['Michael Rubin', 'Phillip Whitrock']) values.set(name, 'Google');
    const outcome = countFile(`${steering}/2017/BALLOTS.csv`, {
      seats: 6,
      limit: { field: 'employer', max: 1, values },
    });
    expect(outcome.seats.elected).toEqual([
      'Derek Carr',
      'Michelle Noorali',
      'Phillip Whitrock',
      'Timothy St. Clair',
      'Quinton Hoole',
      'Aaron Crickenberger',
    ]);
    expect(outcome.seats.skipped.map(({ candidate }) => candidate)).toEqual(['Michael Rubin']);
  });

  it('Kubernetes steering 2021: the complete ranking, which needs winning votes and no opinion as it is', () => {
    const published = numbered(read(`${steering}/2021/ranking.md`));
    const path = `${steering}/2021/ballots.csv`;
    const outcome = countFile(path, { seats: 4 });
    expect(outcome.places.flatMap(({ candidates }) => candidates)).toEqual(published);
    expect(outcome.seats.elected).toEqual(published.slice(0, 4));
    expect(countFile(path, { seats: 4, unranked: 'last' }).seats.elected).not.toEqual(published.slice(0, 4));
    expect(countFile(path, { seats: 4, strength: 'margins' }).seats.elected).not.toEqual(
      published.slice(0, 4),
    );
  });

  it.each([
    [2022, 3],
    [2023, 4],
  ])('Kubernetes steering %i: the complete ranking', (year, seats) => {
    const published = numbered(read(`${steering}/${year}/results.md`));
    const outcome = countFile(`${steering}/${year}/ballots.csv`, { seats });
    expect(outcome.places.flatMap(({ candidates }) => candidates)).toEqual(published);
    expect(outcome.seats.elected).toEqual(published.slice(0, seats));
  });

  it.each([
    [`${steering}/2023-GB/ballots.csv`, 6, ['cblecker']],
    ['kubernetes/elections/code-of-conduct/2023/ballots.csv', 7, ['jeremyrickard', 'anammedina21']],
    ['knative/elections/2021-SC/ballots.csv', 49, ['lball', 'csantanapr']],
  ])('%s: %i ballots and who was seated', (path, cast, elected) => {
    const outcome = countFile(path, { seats: elected.length });
    expect(outcome.counts.cast).toBe(cast);
    expect(outcome.seats.elected).toEqual(elected);
    expect(outcome.seats.openTies).toEqual([]);
  });
});
