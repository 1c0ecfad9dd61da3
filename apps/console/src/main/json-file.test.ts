import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { JsonFile } from './json-file.ts';
import { DEFAULT_SETTINGS, SettingsStore } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'elekto-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a small JSON file', () => {
  const schema = z.object({ n: z.number() });

  it('is written whole, readable by its owner alone', async () => {
    const path = join(folder, 'deep', 'a.json');
    const file = new JsonFile(path, schema, { n: 0 });
    await Promise.all([file.set({ n: 1 }), file.set({ n: 2 }), file.set({ n: 3 })]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ n: 3 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(new JsonFile(path, schema, { n: 0 }).get()).toEqual({ n: 3 });
  });

  it.each(['', '{', '{"n":"x"}', 'null'])('that holds %j counts as missing', (text) => {
    const path = join(folder, 'broken.json');
    writeFileSync(path, text);
    expect(new JsonFile(path, schema, { n: 7 }).get()).toEqual({ n: 7 });
  });
});

describe('settings', () => {
  it('are the defaults at first and keep what changed', async () => {
    const store = new SettingsStore(join(folder, 'profile'));
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
    await store.change({ zoom: 1.5 });
    expect(new SettingsStore(join(folder, 'profile')).get()).toEqual({ ...DEFAULT_SETTINGS, zoom: 1.5 });
    expect(existsSync(join(folder, 'profile', 'tokens.json'))).toBe(false);
  });
});
