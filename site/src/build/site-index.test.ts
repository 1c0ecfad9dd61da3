import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { INDEX_FILE } from '../data/model.ts';
import type { SiteIndex } from '../data/model.ts';
import { Indexes, IndexWriter, KnownFiles } from './site-index.ts';
import type { Group } from './site-index.ts';

const dir = mkdtempSync(join(tmpdir(), 'elekto-index-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const group = (of: string, ...names: string[]): Group => ({
  of,
  files: names.map((file) => ({ file, of: [`own:${of}`] })),
});
/** Which files were made, and what the index says then. */
interface Site {
  readonly made: string[];
  readonly index: SiteIndex;
  readonly lines: string[];
}

/** Sites one after the other, `site-0` first, each of groups and of what facts are worth. */
function sites(indexes = new Indexes()) {
  let count = 0;
  return async (groups: readonly Group[], values: Readonly<Record<string, string>> = {}): Promise<Site> => {
    const valueOf = (fact: string): string => values[fact] ?? 'as ever';
    const before = count === 0 ? null : await indexes.read(dir, 'v');
    const known = before && new KnownFiles(before, `site-${count - 1}`, valueOf);
    const writer = new IndexWriter(known);
    const made: string[] = [];
    for (const each of groups) {
      const whole = known?.whole(each);
      if (whole) {
        writer.keepPart(whole);
        continue;
      }
      const part = writer.begin(each);
      const find = known?.oneByOne(each);
      for (const [at, task] of each.files.entries()) {
        const place = find?.(task, at);
        if (place) writer.keep(part, at, place);
        else {
          made.push(task.file);
          writer.add(part, at, [...task.of, `read:${task.file}`]);
        }
      }
    }
    await indexes.write(dir, writer.finish('v', count, valueOf));
    count += 1;
    const text = readFileSync(join(dir, INDEX_FILE), 'utf8');
    return { made, index: JSON.parse(text) as SiteIndex, lines: text.split('\n') };
  };
}

describe('the index of a site', () => {
  it('has the same line for a part in which nothing has changed, wherever its files lie', async () => {
    const next = sites();
    const [a, b] = [group('a', 'a/1', 'a/2'), group('b', 'b/1')];
    const first = await next([a, b]);
    expect(first.made).toEqual(['a/1', 'a/2', 'b/1']);
    const second = await next([a, b], { 'read:a/2': 'new' });
    expect(second.made).toEqual(['a/2']);
    expect(second.index.folders).toEqual(['site-0', '']);
    expect(second.index.parts[0]).toMatchObject({ of: 'a', files: ['a/1', 'a/2'], folderOf: [0, 1] });
    expect(second.lines[2], 'the line of b').toBe(first.lines[2]);
    expect(second.lines).toHaveLength(4);
  });

  it('gives the place of a folder that is needed no longer to another', async () => {
    const next = sites();
    const [a, b] = [group('a', 'a/1'), group('b', 'b/1')];
    await next([a, b]);
    await next([a, b], { 'own:a': '1' });
    expect((await next([a, b], { 'own:a': '2' })).index.folders).toEqual(['site-0', null, '']);
    expect((await next([a, b], { 'own:a': '3' })).index.folders).toEqual(['site-0', '', null]);
  });

  it('finds files one by one where the list of them is another, and none that lacks a fact of its own', async () => {
    const next = sites();
    await next([group('a', 'a/1', 'a/2'), group('b', 'b/1')]);
    const changed = group('a', 'a/0', 'a/1', 'a/2');
    expect((await next([changed, group('b', 'b/1')])).made).toEqual(['a/0']);
    const more: Group = { of: 'b', files: [{ file: 'b/1', of: ['own:b', 'another'] }] };
    const third = await next([more]);
    expect(third.made).toEqual(['b/1']);
    expect(third.index.parts.map(({ of }) => of)).toEqual(['b']);
  });

  it('is read by another process, and by none when it is of other sources or damaged', async () => {
    const [a, b] = [group('a', 'a/1'), group('b', 'b/1')];
    await sites()([a, b]);
    const read = await new Indexes().read(dir, 'v');
    const known = new KnownFiles(read!, 'site-0', () => 'as ever');
    expect(known.whole(a), 'who has made it is not known').toBeNull();
    expect(known.oneByOne(a)(a.files[0]!, 0)).toEqual({ folder: 0, set: 0 });
    expect(await new Indexes().read(dir, 'another')).toBeNull();
    const text = readFileSync(join(dir, INDEX_FILE), 'utf8');
    for (const spoiled of [text.slice(0, -9), '{"version":"v","files":[]}']) {
      writeFileSync(join(dir, INDEX_FILE), spoiled);
      expect(await new Indexes().read(dir, 'v')).toBeNull();
    }
  });

  it('is worn when most of its sets are of no file any longer', async () => {
    const indexes = new Indexes();
    const next = sites(indexes);
    const isWorn = async () => new KnownFiles((await indexes.read(dir, 'v'))!, 'x', () => 'as ever').isWorn;
    const names = Array.from({ length: 1100 }, (_, at) => `a/${at}`);
    await next([group('a', ...names)]);
    expect(await isWorn()).toBe(false);
    await next([group('b', 'b/1')]);
    expect(await isWorn()).toBe(true);
  });
});
