import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { inlineHashes, loadSite } from './site-files.ts';

let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'elekto-site-'));
  mkdirSync(join(dir, 'elections/a b'), { recursive: true });
  mkdirSync(join(dir, '_assets'));
  writeFileSync(
    join(dir, 'index.html'),
    '<script>go()</script><style>b{}</style><script src="/x.js"></script>',
  );
  writeFileSync(join(dir, 'elections/a b/index.html'), 'a');
  writeFileSync(join(dir, '_assets/x.abc.js'), 'x');
  symlinkSync('/etc/passwd', join(dir, 'passwd.txt'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('knows every file by its address, and no link out of the site', async () => {
  const { files } = await loadSite(dir);
  expect([...files.keys()].sort()).toEqual(['/', '/_assets/x.abc.js', '/elections/a b/']);
  expect(files.get('/_assets/x.abc.js')?.cacheControl).toContain('immutable');
  expect(files.get('/')?.cacheControl).toContain('no-cache');
});

it("allows a page's own inline scripts by hash, and nothing else inline", async () => {
  const { files } = await loadSite(dir);
  const hash = createHash('sha256').update('go()').digest('base64');
  const policy = files.get('/')?.policy ?? '';
  expect(policy).toContain(`'sha256-${hash}'`);
  expect(policy).not.toContain('unsafe-inline');
  expect(files.get('/elections/a b/')?.policy).not.toContain('sha256-');
});

it('does not count data blocks as scripts', () => {
  expect(inlineHashes('<script type="application/ld+json">{}</script><script></script>').scripts).toEqual([]);
});

it('takes from the site beside it what both have, wherever it stands in the list, and nothing else', async () => {
  const base = mkdtempSync(join(tmpdir(), 'elekto-sites-'));
  try {
    const site = (
      name: string,
      files: Readonly<Record<string, string>>,
      kept: readonly string[] = [],
    ): string => {
      const at = join(base, name);
      mkdirSync(at);
      for (const [file, text] of Object.entries(files)) writeFileSync(join(at, file), text);
      const own = Object.keys(files);
      const index = {
        folders: ['', 'one'],
        files: [...own, ...kept],
        folderOf: [...own.map(() => 0), ...kept.map(() => 1)],
      };
      writeFileSync(join(at, '.site.json'), JSON.stringify(index));
      return at;
    };
    const options = { indexFile: '.site.json' };
    const one = await loadSite(site('one', { 'a.html': 'a', 'b.html': 'b', 'c.html': 'c' }), options);
    // What is kept is not read again: these would not be there.
    for (const name of ['a.html', 'c.html']) rmSync(join(base, 'one', name));
    const two = await loadSite(site('two', { 'b.html': 'other' }, ['c.html', 'a.html']), {
      ...options,
      known: one,
    });
    expect([...two.files.keys()]).toEqual(['/b.html', '/c.html', '/a.html']);
    for (const url of ['/a.html', '/c.html']) expect(two.files.get(url)).toBe(one.files.get(url));
    expect(two.files.get('/b.html')).toMatchObject({ path: join(base, 'two/b.html'), size: 5 });
  } finally {
    rmSync(base, { recursive: true });
  }
});

it('takes a part of an index that is told in the same words, unless its folder is another, and reads no broken index', async () => {
  const base = mkdtempSync(join(tmpdir(), 'elekto-sites-'));
  const part = (of: string, folder: number): string =>
    JSON.stringify({ of, files: [`${of}.html`], folderOf: [folder], setOf: [0] });
  const site = (name: string, folders: (string | null)[], parts: string[], own: string[]): string => {
    const at = join(base, name);
    mkdirSync(at);
    for (const file of own) writeFileSync(join(at, `${file}.html`), `${file} of ${name}`);
    const head = JSON.stringify({ version: 'v', generatedAt: 7, folders }).slice(0, -1);
    writeFileSync(join(at, '.site.json'), `${head},"parts":[\n${parts.join(',\n')}\n],"facts":[],"sets":[]}`);
    return at;
  };
  try {
    const known = await loadSite(
      site('one', [''], [part('a', 0), part('b', 0), part('c', 0)], ['a', 'b', 'c']),
      {
        indexFile: '.site.json',
      },
    );
    expect([...known.files.keys()]).toEqual(['/a.html', '/b.html', '/c.html']);
    expect(known.generatedAt).toBe(7);
    const options = { indexFile: '.site.json', known };
    // Of these, what is kept is not read again.
    rmSync(join(base, 'one/b.html'));
    const dirTwo = site('two', ['one', ''], [part('d', 1), part('b', 0), part('a', 1)], ['d', 'a']);
    const two = await loadSite(dirTwo, options);
    expect([...two.files.keys()].sort()).toEqual(['/a.html', '/b.html', '/d.html']);
    expect(two.files.get('/b.html')).toBe(known.files.get('/b.html'));
    expect(two.parts[1]).toBe(known.parts[1]);
    expect(two.files.get('/a.html')?.path).toBe(join(dirTwo, 'a.html'));
    expect(two.folders).toEqual(['one']);
    // The same words, but place 0 is another folder.
    const three = await loadSite(site('three', [''], [part('b', 0)], ['b']), options);
    expect(three.files.get('/b.html')?.path).toBe(join(base, 'three/b.html'));
    for (const cut of [1, 20, 60]) {
      const whole = readFileSync(join(dirTwo, '.site.json'));
      writeFileSync(join(dirTwo, '.site.json'), whole.subarray(0, -cut));
      await expect(loadSite(dirTwo, options)).rejects.toThrow(SyntaxError);
      writeFileSync(join(dirTwo, '.site.json'), whole);
    }
  } finally {
    rmSync(base, { recursive: true });
  }
});
