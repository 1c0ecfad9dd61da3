/** The process that renders is killed, hangs, or is given what it cannot read: the site before is as it was. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteBuildError, siteRenderer } from '../build.ts';
import type { SiteRenderer } from '../build.ts';
import { exampleSnapshot } from '../e2e/built-site.ts';
import { INDEX_FILE } from '../src/data/model.ts';
import type { SiteIndex, SiteSnapshot } from '../src/data/model.ts';

/**
 * Files after which it is killed; `ELEKTO_RENDERER_KILLS=30 npm run vitest -- run site/tests/renderer.test.ts` takes so many of them, and as
 * many moments of the clock.
 */
const KILLS = Number(process.env['ELEKTO_RENDERER_KILLS'] || 3);
const MOMENTS = Array.from({ length: KILLS }, (_, at) => Math.round((at * 90) / Math.max(1, KILLS - 1)));

let base: string;
let renderer: SiteRenderer;
let snapshot: SiteSnapshot;
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'elekto-renderer-'));
  renderer = siteRenderer();
  snapshot = await exampleSnapshot();
});
afterAll(async () => {
  await renderer?.close();
  rmSync(base, { recursive: true, force: true });
});

function dataOf(data: SiteSnapshot, name = 'data.json'): string {
  const path = join(base, name);
  writeFileSync(path, JSON.stringify(data));
  return path;
}

/** Whether every file that the index names is where it says. */
function isWhole(dir: string): boolean {
  const { folders, parts } = JSON.parse(readFileSync(join(dir, INDEX_FILE), 'utf8')) as SiteIndex;
  return parts.every(({ files, folderOf }) =>
    files.every((name, at) => {
      const place = folders[folderOf[at] ?? 0] ?? '';
      return existsSync(place === '' ? join(dir, name) : join(base, place, name));
    }),
  );
}

describe('a renderer that is killed', () => {
  it(
    'at any moment leaves the site before, and makes the new one all the same',
    async () => {
      const first = join(base, 'first');
      await renderer.render({ dataFile: dataOf(snapshot), outDir: first, before: null });
      const was = readdirSync(first, { recursive: true }).sort();
      const changed = snapshot.elections.map((each) => ({ ...each, description: 'Another one.' }));
      const dataFile = dataOf({ ...snapshot, elections: changed });
      const told = MOMENTS.map((made) => ({ made, ms: null }));
      // Those of the clock also fall between two files, while data is read, and while the site is put in place.
      const ticks = MOMENTS.map((_, at) => ({ made: null, ms: at * 17 }));
      for (const [at, { made: moment, ms }] of [...told, ...ticks].entries()) {
        const outDir = join(base, `killed-${at}`);
        let killed = false;
        let torn = false;
        const kill = (): void => {
          torn ||= existsSync(outDir) && !isWhole(outDir);
          if (killed || renderer.pid === undefined) return;
          killed = true;
          process.kill(renderer.pid, 'SIGKILL');
        };
        const timer = ms === null ? undefined : setTimeout(kill, ms);
        const { pages } = await renderer.render({
          dataFile,
          outDir,
          before: first,
          told: (made) => {
            torn ||= existsSync(outDir) && !isWhole(outDir);
            if (moment !== null && made >= moment) kill();
          },
        });
        clearTimeout(timer);
        if (moment !== null) expect(killed).toBe(true);
        expect(torn, 'nothing is there before all of it is').toBe(false);
        expect(pages).toBeGreaterThan(50);
        expect(isWhole(outDir)).toBe(true);
        expect(readFileSync(join(outDir, 'elections/tie/index.html'), 'utf8')).toContain('Another one.');
      }
      expect(readdirSync(first, { recursive: true }).sort(), 'the site before').toEqual(was);
    },
    120_000 + KILLS * 30_000,
  );
});

describe('a process that is there before the first site', () => {
  it('makes it, and only the next whole site is made by a new one', async () => {
    const script = join(import.meta.dirname, 'support/hangs.ts');
    const early = siteRenderer({ script });
    early.open();
    const pid = early.pid;
    const job = { dataFile: join(base, 'early.json'), outDir: join(base, 'early'), before: null };
    writeFileSync(job.dataFile, '');
    await early.render(job);
    expect(early.pid).toBe(pid);
    await early.render(job);
    expect(early.pid).not.toBe(pid);
    const last = early.pid ?? 0;
    await early.close();
    expect(() => process.kill(last, 0), 'it has ended').toThrow('ESRCH');
  });
});

describe('a page that does not end', () => {
  it('is given up after its time, said by name, and does not keep the next site from being made', async () => {
    const script = join(import.meta.dirname, 'support/hangs.ts');
    const hanging = siteRenderer({ script, pageMs: 2000 });
    const job = { dataFile: join(base, 'later.json'), outDir: join(base, 'hangs'), before: null };
    await expect(hanging.render(job)).rejects.toThrow(
      /Error: elections\/hangs\/index\.html took longer than 2 seconds/,
    );
    await expect(hanging.render({ ...job, outDir: join(base, 'many') })).rejects.toThrow(
      /Error: elections\/hangs-of-many\/index\.html took longer than 2 seconds/,
    );
    expect(readdirSync(base)).not.toContain('many.making');
    writeFileSync(job.dataFile, '');
    expect(await hanging.render(job)).toMatchObject({ pages: 2 });
    await hanging.close();
  });
});

describe('a process that the system ends', () => {
  it('says that its memory may have been used up, which is why systems do', async () => {
    const script = join(import.meta.dirname, 'support/hangs.ts');
    const killed = siteRenderer({ script });
    const made = killed.render({
      dataFile: join(base, 'never.json'),
      outDir: join(base, 'killed'),
      before: null,
      told: () => void process.kill(killed.pid ?? 0, 'SIGKILL'),
    });
    await expect(made).rejects.toThrow(
      /Error: the process that renders was killed: was the memory used up\?/,
    );
    await killed.close();
  });
});

describe('data that cannot be read', () => {
  it('fails with what is wrong, and leaves nothing', async () => {
    const outDir = join(base, 'none');
    const dataFile = dataOf({
      ...snapshot,
      organisation: { ...snapshot.organisation, logo: 'https://x.example/a.svg' },
    });
    const made = renderer.render({ dataFile, outDir, before: null });
    await expect(made).rejects.toBeInstanceOf(SiteBuildError);
    await expect(made).rejects.toThrow(/The logo must be a data: URI/);
    expect(existsSync(outDir)).toBe(false);
  });
});
