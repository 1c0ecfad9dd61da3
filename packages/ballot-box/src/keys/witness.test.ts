import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeys } from './key-store.ts';
import { KeysError } from './keys-error.ts';
import { memoryFiles } from './secret-files.ts';
import { createWitness } from './witness.ts';
import type { Fact } from './witness.ts';

const ID = 'ab'.repeat(16);
/** A second, and however long a busy disk takes then. */
const PATIENCE = { timeout: 15_000, interval: 50 };
const shard = (version: number, tag = `t${version}`): Fact => ({
  election: ID,
  item: 'shard 0',
  version,
  tag,
});

describe('what the secrets directory knows of the database', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'elekto-witness-'));
    rmSync(dir, { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const witness = () => openKeys(dir).witness;
  const files = () => readdirSync(join(dir, 'witness'));
  const text = () =>
    files()
      .map((name) => readFileSync(join(dir, 'witness', name), 'utf8'))
      .join('');

  it('tells an older state and another one of the same version, and takes a newer one', () => {
    const one = witness();
    one.note([shard(5)]);
    const known = one.known();
    expect([4, 5, 6].map((version) => known.staleness(shard(version)))).toEqual(['older', null, null]);
    expect(known.staleness(shard(5, 'forged'))).toBe('other');
    expect(known.staleness({ ...shard(1), item: 'shard 1' })).toBeNull();
    one.note([shard(7)]);
    expect(known.staleness(shard(6)), 'what was known before does not change').toBeNull();
    expect(one.known().staleness(shard(6))).toBe('older');
  });

  it('survives the death of its process at any moment', () => {
    witness().note([shard(5), shard(6)]);
    expect(witness().known().staleness(shard(5))).toBe('older');
  });

  it('tells nobody that something is noted while its disk is full, and notes it when there is room', () => {
    const disk = memoryFiles();
    let isFull = false;
    const written =
      (write: (name: string, bytes: Uint8Array) => void) =>
      (name: string, bytes: Uint8Array): void => {
        if (isFull) throw new KeysError('ENOSPC');
        write(name, bytes);
      };
    const files = { ...disk, append: written(disk.append), replace: written(disk.replace) };
    const mac = (line: string): string => String(line.length);
    const one = createWitness(files, mac);
    one.note([shard(5)]);
    isFull = true;
    expect(() => one.note([shard(6)])).toThrow('ENOSPC');
    // As the same cast again, which changes nothing, would have it.
    expect(() => one.note([])).toThrow('ENOSPC');
    isFull = false;
    one.note([]);
    expect(createWitness(disk, mac).known(0).version(ID, 'shard 0')).toBe(6);
  });

  it('is shared by servers, whoever writes last', () => {
    const [one, two] = [witness(), witness()];
    one.note([shard(6)]);
    two.note([shard(5)]);
    for (const each of [one, two, witness()]) expect(each.known(0).version(ID, 'shard 0')).toBe(6);
    two.note([shard(6, 'two servers, two pasts')]);
    expect(one.known(0).staleness(shard(6))).toBe('other');
    one.note([shard(7)]);
    expect(two.known(0).staleness(shard(7))).toBeNull();
  });

  it('takes no note of lines that are torn or of another server', () => {
    witness().note([shard(5)]);
    const [name] = files();
    const genuine = text();
    const forged = genuine.replace('"version":5', '"version":50');
    writeFileSync(join(dir, 'witness', String(name)), `${forged}${genuine}${forged.slice(0, 40)}`);
    writeFileSync(join(dir, 'witness', 'ffffffffffffffff'), Buffer.alloc(300));
    writeFileSync(join(dir, 'witness', 'notes.txt'), 'x');
    expect(witness().known().version(ID, 'shard 0')).toBe(5);
  });

  it('keeps one line an item within a second, so that no order of casting is left', async () => {
    const one = witness();
    for (let version = 1; version <= 50; version += 1) one.note([shard(version)]);
    await expect.poll(() => text().trim().split('\n').length, PATIENCE).toBe(1);
    one.note([shard(51)]);
    expect(witness().known().version(ID, 'shard 0')).toBe(51);
  });

  it('drops the files of processes that are long gone, and nothing that only they knew', async () => {
    witness().note([shard(9)], true);
    const [old] = files();
    utimesSync(join(dir, 'witness', String(old)), 1, 1);
    const next = witness();
    next.known();
    next.note([{ ...shard(1), item: 'shard 1' }]);
    await expect.poll(() => files().length, PATIENCE).toBe(1);
    expect(witness().known().version(ID, 'shard 0')).toBe(9);
  });

  it('forgets shards after the count, and an election that was removed', () => {
    const one = witness();
    one.note([shard(3), { election: ID, item: 'row', version: 4, tag: 'r', key: 'steering' }], true);
    expect(one.known().heldUnder('steering')).toEqual([ID]);
    one.forgetBox(ID);
    expect([one.known().version(ID, 'shard 0'), one.known().version(ID, 'row')]).toEqual([0, 4]);
    one.forget(ID);
    expect([one.known().version(ID, 'row'), one.known().heldUnder('steering')]).toEqual([0, []]);
    expect([...witness().known().rows()]).toEqual([]);
  });
});
