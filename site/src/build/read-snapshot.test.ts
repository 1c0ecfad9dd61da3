import { createHash } from 'node:crypto';
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
const name = (text: string): string => createHash('sha256').update(text).digest('base64url');
/** As the server writes it. */
const inLines = ({ elections, ...rest }: SiteSnapshot): Buffer => {
  const texts = elections.map((each) => JSON.stringify(each));
  const lines = texts.map((text) => [name(text), Buffer.byteLength(text)]);
  const head = JSON.stringify({ ...rest, lines }).slice(0, -1);
  return Buffer.from(`${head},"elections":[\n${texts.join(',\n')}\n]}`);
};

it('reads what stands on lines and what does not alike', () => {
  for (const elections of [[], [election('a')], [election('ä'), election('b', 'one\nline, "two"],')]]) {
    const data = snapshot(elections);
    for (const file of [inLines(data), ...[0, 1].map((n) => Buffer.from(JSON.stringify(data, null, n)))])
      expect(new SnapshotReader().read(file)).toEqual(data);
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
  const file = inLines(snapshot([election('a'), election('b')]));
  expect(() => new SnapshotReader().read(file.subarray(0, -9))).toThrow(SyntaxError);
});
