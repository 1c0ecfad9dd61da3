import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

import { afterAll, describe, expect, it } from 'vitest';

import { elektoHere } from './support.ts';

const root = mkdtempSync(join(tmpdir(), 'elekto-files-'));
afterAll(() => rmSync(root, { recursive: true }));

type Files = Readonly<Record<string, string>>;

function folder(name: string, files: Files): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name, path)), { recursive: true });
    writeFileSync(join(root, name, path), text);
  }
  return join(root, name);
}

/** A zip archive (PKWARE's APPNOTE, 4.3), deflated. */
function zip(name: string, files: Files): string {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [path, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const packed = deflateRawSync(data);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(path), 22);
    const start = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(path), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), fields, tail, Buffer.from(path)]),
    );
    local.push(start);
    at += start.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  writeFileSync(join(root, name), Buffer.concat([...local, directory, end]));
  return join(root, name);
}

async function tally(...args: string[]): Promise<{ status: number | null; first: string; error: string }> {
  const { status, out, err } = await elektoHere(['tally', ...args]);
  return { status, first: out.split('\n')[0] ?? '', error: err };
}

const NORTH = 'rank1,rank2\nAnn,Bob\nAnn,skipped\n';
const SOUTH = 'rank1,rank2\nCyd,Bob\nCyd,Ann\nCyd,Ann\n';
const BALLOT = (ann: number, bob: number): string =>
  `preferences:\n  - title: Ann\n    score: ${ann}\n  - title: Bob\n    score: ${bob}\nauthor: x\n`;

describe.each([
  ['a folder', folder],
  ['a zip archive', (name: string, files: Files) => zip(`${name}.zip`, files)],
])('elekto tally of %s', (what, make) => {
  const name = (of: string): string => `${of} of ${what}`;

  it('counts the one file of ballots in it', async () => {
    const path = make(name('one'), {
      'README.md': '# About\n\nText.\n',
      'data/votes.blt': '2 1\n3 2 1 0\n0\n"Ann"\n"Bob"\n',
      '__MACOSX/votes.blt': '2 1\n',
    });
    const { first, error } = await tally(path);
    expect([first, error]).toEqual(['Bob is elected.', expect.stringContaining('read as BLT: 3 ballots')]);
  });

  it('asks which of several is meant', async () => {
    const path = make(name('two'), { 'north.csv': NORTH, 'south.csv': SOUTH });
    const { status, error } = await tally(path);
    expect(status).toBe(1);
    expect(error).toContain(
      'as many elections (--entry NAME counts one) or parts of one (--together): north.csv, south.csv',
    );
    expect((await tally(path, '--entry', 'north.csv')).first).toBe('Ann is elected.');
    expect((await tally(path, '--entry', 'west.csv')).error).toContain('holds no west.csv');
    const both = await tally(path, '--together', '--method', 'irv');
    expect([both.first, both.error]).toEqual([
      'Cyd is elected.',
      expect.stringMatching(/5 ballots, 3 candidates.*2 files are parts of one election/),
    ]);
  });

  it('counts the folder of a vote of caritat, without the template', async () => {
    const path = make(name('caritat'), {
      'ballot.yml': BALLOT(0, 0),
      'vote.yml': 'subject: Lunch\nmethod: Condorcet\ncandidates:\n  - Ann\n  - Bob\n',
      'ballots/1.yml': BALLOT(2, 5),
      'ballots/2.yml': BALLOT(-1, 0),
    });
    const { first, error } = await tally(path);
    expect([first, error]).toEqual([
      'Bob is elected.',
      expect.stringContaining('read as caritat: 2 ballots, 2 candidates'),
    ]);
  });

  it('says where a file in it is wrong, and when there is none', async () => {
    const bad = make(name('bad'), { 'north.csv': 'rank1,rank2\nAnn\n' });
    expect((await tally(bad)).error).toContain(
      `${bad}: north.csv: line 2, column 4: expected 2 cells, found 1`,
    );
    expect((await tally(make(name('none'), { 'README.md': '# About\n' }))).error).toContain(
      'holds no file of ballots',
    );
  });
});

describe('elekto tally', () => {
  it('looks into an archive that lies in a folder', async () => {
    zip('packed.zip', { 'data/votes.blt': '2 1\n3 2 1 0\n0\n"Ann"\n"Bob"\n', '__MACOSX/votes.blt': '2 1\n' });
    const path = folder('with-archive', { 'README.md': '# About\n' });
    renameSync(join(root, 'packed.zip'), join(path, 'packed.zip'));
    expect((await tally(path)).first).toBe('Bob is elected.');
    expect((await tally(path, '--entry', 'packed.zip/data/votes.blt')).first).toBe('Bob is elected.');
  });

  it('leaves the folder of an election to its rule', async () => {
    const path = folder('election', { 'election.yaml': 'name: One\n', 'ballots.csv': 'A,B\n1,2\n' });
    const { err } = await elektoHere(['convert', path, join(root, 'new.csv')]);
    expect(err).toContain('is the folder of an election, which is counted by its own rule');
  });

  it('says that an archive is damaged', async () => {
    const path = zip('whole.zip', { 'a.csv': 'A,B\n1,2\n1,-\n' });
    writeFileSync(join(root, 'cut.zip'), Buffer.from('PK\x03\x04', 'latin1'));
    expect((await tally(path)).first).toBe('A is elected.');
    expect((await tally(join(root, 'cut.zip'))).error).toContain('cannot be unpacked');
  });
});
