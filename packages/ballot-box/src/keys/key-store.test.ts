import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeys } from './key-store.ts';
import { KeysError } from './keys-error.ts';

const ID = 'ab'.repeat(16);

describe('the secrets directory', () => {
  let home: string;
  let dir: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'elekto-keys-'));
    dir = join(home, 'secrets');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

  it('is made for its owner alone, and opens again as the same', async () => {
    const keys = openKeys(dir);
    const publicKey = await keys.create(ID);
    expect(publicKey).toHaveLength(43);
    expect(modeOf(dir)).toBe('700');
    for (const file of ['master.key', 'signing.key', `elections/${ID}.box`, `elections/${ID}.link`]) {
      expect(modeOf(join(dir, file)), file).toBe('400');
    }
    const again = openKeys(dir);
    expect(again.publicKey).toBe(keys.publicKey);
    expect(again.mac('x', 'y')).toBe(keys.mac('x', 'y'));
    expect(again.voterBinding(ID, 'u')).toBe(keys.voterBinding(ID, 'u'));
    expect((await again.election(ID))?.boxKey).toEqual((await keys.election(ID))?.boxKey);
    expect(again.link(ID)).toEqual(keys.link(ID));
  });

  it('holds no key in the clear but the two lasting ones', async () => {
    const keys = openKeys(dir);
    await keys.create(ID);
    const box = (await keys.election(ID))?.boxKey ?? Buffer.alloc(32);
    for (const name of readdirSync(join(dir, 'elections'))) {
      expect(readFileSync(join(dir, 'elections', name)).includes(box)).toBe(false);
    }
  });

  it('made by several servers at once is one', async () => {
    const all = Array.from({ length: 5 }, () => openKeys(dir));
    expect(new Set(all.map((keys) => keys.publicKey)).size).toBe(1);
    await all[0]?.create(ID);
    await expect(all[1]?.create(ID)).rejects.toThrow(KeysError);
  });

  it('forgets destroyed keys for good, in every server', async () => {
    const one = openKeys(dir);
    const two = openKeys(dir);
    await one.create(ID);
    expect(await two.election(ID)).not.toBeNull();
    one.destroyElection(ID);
    one.destroyElection(ID);
    one.destroyLink(ID);
    expect([one.holds(ID), await one.election(ID), await two.election(ID), two.link(ID)]).toEqual([
      false,
      null,
      null,
      null,
    ]);
    expect(readdirSync(join(dir, 'elections'))).toEqual([]);
  });

  it('says in a line what is wrong with it', async () => {
    await openKeys(dir).create(ID);
    chmodSync(dir, 0o755);
    expect(() => openKeys(dir)).toThrow(/is open to other users; run: chmod 700/);
    chmodSync(dir, 0o700);
    rmSync(join(dir, 'master.key'));
    await expect(openKeys(dir).election(ID)).rejects.toThrow(
      /does not open: is this the right secrets directory\?/,
    );
    chmodSync(join(dir, 'signing.key'), 0o600);
    writeFileSync(join(dir, 'signing.key'), 'short');
    expect(() => openKeys(dir)).toThrow(/are damaged/);
    writeFileSync(join(home, 'file'), '');
    expect(() => openKeys(join(home, 'file'))).toThrow(KeysError);
    expect(existsSync(dir)).toBe(true);
  });

  it('takes no path for an id', async () => {
    await expect(openKeys(dir).create('../evil')).rejects.toThrow(RangeError);
  });
});
