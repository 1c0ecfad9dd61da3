import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMarkdownCache } from './markdown-cache.ts';

let dir: string;
let rendered: string[];
const render = (text: string, top: number) => {
  rendered.push(text);
  return { html: `<h${top}>${text}</h${top}>`, inTime: text !== 'slow' };
};
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'elekto-md-'));
  rendered = [];
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('the cache of rendered Markdown', () => {
  it('renders a text once for each heading level, also over builds', async () => {
    const first = await openMarkdownCache(join(dir, 'c.json'), '1', render);
    expect([first.render('a'), first.render('a'), first.render('a', 3)]).toEqual([
      '<h2>a</h2>',
      '<h2>a</h2>',
      '<h3>a</h3>',
    ]);
    await first.save();
    const second = await openMarkdownCache(join(dir, 'c.json'), '1', render);
    expect(second.render('a')).toBe('<h2>a</h2>');
    expect(rendered).toEqual(['a', 'a']);
  });

  it('asks again in the next build, and only there, for a text that took too long', async () => {
    for (let build = 0; build < 2; build++) {
      const cache = await openMarkdownCache(join(dir, 'c.json'), '1', render);
      expect([cache.render('slow'), cache.render('slow'), cache.render('a')]).toEqual([
        '<h2>slow</h2>',
        '<h2>slow</h2>',
        '<h2>a</h2>',
      ]);
      await cache.save();
    }
    expect(rendered).toEqual(['slow', 'a', 'slow']);
  });

  it('asks again in the next build of the same process, which may have the time', async () => {
    let inTime = false;
    const cache = await openMarkdownCache(join(dir, 'c.json'), '1', () => ({
      html: inTime ? '<p>a</p>' : 'as written',
      inTime,
    }));
    cache.begin();
    expect([cache.render('a'), cache.render('a')]).toEqual(['as written', 'as written']);
    inTime = true;
    expect(cache.render('a'), 'within a build it stays').toBe('as written');
    cache.begin();
    expect(cache.render('a')).toBe('<p>a</p>');
  });

  it('leaves nothing where it cannot be written', async () => {
    const path = join(dir, 'c.json');
    await mkdir(join(path, 'in-the-way'), { recursive: true });
    const cache = await openMarkdownCache(path, '1', render);
    cache.render('a');
    await expect(cache.save()).rejects.toThrow();
    expect(await readdir(dir)).toEqual(['c.json']);
  });

  it('forgets everything when the renderer changed or the file is damaged', async () => {
    const first = await openMarkdownCache(join(dir, 'c.json'), '1', render);
    first.render('a');
    await first.save();
    (await openMarkdownCache(join(dir, 'c.json'), '2', render)).render('a');
    await writeFile(join(dir, 'c.json'), '{"version":"1","pages":');
    (await openMarkdownCache(join(dir, 'c.json'), '1', render)).render('a');
    expect(rendered).toEqual(['a', 'a', 'a']);
  });
});
