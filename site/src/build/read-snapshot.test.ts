import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { SiteElection, SiteSnapshot } from '../data/model.ts';
import { SnapshotReader } from './read-snapshot.ts';

const dir = mkdtempSync(join(tmpdir(), 'elekto-snapshot-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const path = join(dir, 'data.json');
const read = (file: Buffer, reader = new SnapshotReader()): SiteSnapshot => {
  writeFileSync(path, file);
  return reader.read(path);
};

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
      expect(read(file)).toEqual(data);
  }
});

it('gives the same object for a line that was in the file before', () => {
  const reader = new SnapshotReader();
  const [a, b] = read(inLines(snapshot([election('a'), election('b')])), reader).elections;
  const next = read(inLines(snapshot([election('b'), election('a', 'another'), election('c')])), reader);
  expect(next.elections.map(({ name }) => name)).toEqual(['b', 'another', 'c']);
  expect(next.elections[0]).toBe(b);
  expect(next.elections).not.toContain(a);
});

it('throws for half a file', () => {
  const file = inLines(snapshot([election('a'), election('b')]));
  expect(() => read(file.subarray(0, -9))).toThrow(SyntaxError);
});

it('reads nothing of an election that it knows, and a first line of any length', () => {
  const data = { ...snapshot([election('a'), election('b')]), commit: 'ä'.repeat(200_000) };
  const reader = new SnapshotReader();
  expect(read(inLines(data), reader)).toEqual(data);
  const file = readFileSync(path);
  const spoiled = Buffer.concat([file.subarray(0, -40), Buffer.alloc(37, '?'), file.subarray(-3)]);
  expect(read(spoiled, reader)).toEqual(data);
  expect(() => read(spoiled)).toThrow(SyntaxError);
});
