import { expect, it } from 'vitest';
import type { SiteElection, SiteSnapshot } from '../data/model.ts';
import { SnapshotReader } from './read-snapshot.ts';

const election = (key: string, name = key): SiteElection => ({ key, name }) as SiteElection;
const snapshot = (elections: SiteElection[]): SiteSnapshot => ({
  commit: 'c',
  generatedAt: 1,
  organisation: { name: 'O,"elections":[', logo: null, accent: null },
  elections,
});
/** As the server writes it. */
const inLines = ({ elections, ...rest }: SiteSnapshot): string =>
  `${JSON.stringify(rest).slice(0, -1)},"elections":[\n${elections.map((each) => JSON.stringify(each)).join(',\n')}\n]}`;

it('reads what stands on lines and what does not alike', () => {
  for (const elections of [[], [election('a')], [election('a'), election('b', 'one\nline, "two"],')]]) {
    const data = snapshot(elections);
    for (const text of [inLines(data), JSON.stringify(data), JSON.stringify(data, null, 1)])
      expect(new SnapshotReader().read(text)).toEqual(data);
  }
});

it('gives the same object for a line that was in the file before', () => {
  const reader = new SnapshotReader();
  const [a, b] = reader.read(inLines(snapshot([election('a'), election('b')]))).elections;
  const next = reader.read(inLines(snapshot([election('b'), election('a', 'another'), election('c')])));
  expect(next.elections.map(({ name }) => name)).toEqual(['b', 'another', 'c']);
  expect(next.elections[0]).toBe(b);
  expect(next.elections).not.toContain(a);
});

it('throws for half a file', () => {
  const text = inLines(snapshot([election('a'), election('b')]));
  expect(() => new SnapshotReader().read(text.slice(0, -9))).toThrow(SyntaxError);
});
