import { axeProblems, COLOUR_RULES, KEEPS_PICTURES, launchChromium } from '@elekto/testing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BALLOT_SCRIPT, ballotScript, isTool, longestOfEach, overBudget, pagesOf } from './budgets.ts';
import { CHEATS, cheated } from '../../packages/protocol/tests/support/cheats.ts';
import { buildExample } from './built-site.ts';
import type { BuiltSite } from './built-site.ts';
import { DESK, PHONE, shot } from './shots.ts';
import { serveSite } from '../static-server.ts';
import type { StaticServer } from '../static-server.ts';

let site: BuiltSite;
let server: StaticServer;
let browser: Browser;
let paths: string[];
/** English pages of every template, and German ones: the same templates, other words. */
let looked: { readonly en: string[]; readonly de: string[] };

beforeAll(async () => {
  site = await buildExample();
  server = await serveSite(site.dir);
  browser = await launchChromium();
  paths = pagesOf(site.dir);
  const isGerman = (path: string) => path.startsWith('/de/');
  looked = {
    en: longestOfEach(
      site.dir,
      paths.filter((path) => !isGerman(path)),
      4,
    ),
    de: longestOfEach(site.dir, paths.filter(isGerman), 2),
  };
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  site?.remove();
});

const html = (path: string) => readFileSync(join(site.dir, path, 'index.html'), 'utf8');

async function open(
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; said: string[]; asked: string[] }> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Vienna', ...options });
  const page = await context.newPage();
  const said: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      said.push(`${page.url()} ${message.text()}`);
  });
  page.on('pageerror', (error) => said.push(`${page.url()} ${error.message}`));
  page.on('request', (request) => asked.push(request.url()));
  return { page, said, asked };
}

describe('the pages of the built site', () => {
  const overWide = async (page: Page, path: string): Promise<string[]> => {
    const { wide, screen } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      screen: innerWidth,
    }));
    return wide > screen ? [`${path} is ${wide} px wide on ${screen} px`] : [];
  };

  // Same templates, other words: on the small screen German is asked about, where it is longest for its space.
  it.each([
    ['en', 'light', DESK],
    ['de', 'dark', PHONE],
  ] as const)(
    'is clean by axe, quiet and within the screen: %s, %s %o',
    { timeout: 400_000 },
    async (lang, colorScheme, viewport) => {
      const { page, said, asked } = await open({ colorScheme, viewport, locale: lang });
      const problems: string[] = [];
      for (const path of lang === 'en' ? [...looked.en, '/404.html'] : looked.de) {
        await page.setViewportSize(viewport);
        await page.goto(server.origin + path);
        if (isTool(path)) await page.waitForSelector('#island :is(h2, .note)');
        problems.push(...(await axeProblems(page)).map((problem) => `${path} ${problem}`));
        problems.push(...(await overWide(page, path)));
        if (viewport === PHONE) continue;
        await page.setViewportSize(PHONE);
        problems.push(...(await overWide(page, path)));
      }
      await page.context().close();
      problems.push(...said, ...asked.filter((url) => !url.startsWith(server.origin)));
      expect(problems).toEqual([]);
    },
  );

  it('weighs at most 30 kB with its style sheet, and runs at most 2 kB of inline script', () => {
    expect(overBudget(site.dir)).toEqual([]);
  });

  it('reads completely without JavaScript', async () => {
    const { page } = await open({ javaScriptEnabled: false, viewport: DESK });
    for (const path of looked.en) {
      await page.goto(server.origin + path);
      const text = await page.innerText('main');
      expect(await page.locator('h1').count(), path).toBe(1);
      expect(text.length, path).toBeGreaterThan(60);
      if (isTool(path)) expect(text, path).toMatch(/needs it: your ballot is sealed/);
    }
    await page.context().close();
  });

  it('links only to pages that exist', () => {
    const broken: string[] = [];
    for (const path of paths) {
      for (const [, link = ''] of html(path).matchAll(/<a [^>]*href="(\/[^"#?]*)/g)) {
        if (link.startsWith('/auth/')) continue;
        const file = join(site.dir, decodeURIComponent(link), link.endsWith('/') ? 'index.html' : '');
        try {
          readFileSync(file);
        } catch {
          broken.push(`${path} -> ${link}`);
        }
      }
    }
    expect(broken).toEqual([]);
  });
});

describe('the voting tool', () => {
  it('is at most 84 kB of script by gzip, with all that casting loads later', () => {
    const { files, bytes } = ballotScript(site.dir, 'steering---term-4');
    expect(files, 'the page, its parts, the worker, the suite of officers').toBeGreaterThan(5);
    expect(bytes).toBeLessThanOrEqual(BALLOT_SCRIPT);
  });
});

describe('the list of elections', () => {
  it('shows what runs first, adds the reader’s own time, and finds by candidate', async () => {
    const { page } = await open({ viewport: DESK });
    await page.goto(`${server.origin}/`);
    expect(await page.title(), 'whose site it is').toBe('Driftwood elections');
    const sections = await page.locator('.list:visible h2').allInnerTexts();
    expect(sections.slice(0, 2)).toEqual(['Voting is open', 'Coming up']);
    expect(await page.locator('.running .local').first().innerText()).toMatch(/^Tue 9 Jun, 01:59/);
    await page.fill('#filter input[type=search]', 'kovač');
    await expect
      .poll(() => page.locator('[data-find]:visible h3').allInnerTexts())
      .toEqual(['Steering Committee, fourth term']);
    await page.fill('#filter input[type=search]', 'nobody of this name');
    await page.waitForSelector('#none:visible');
    await page.context().close();
  });

  it('puts first what needs this voter’s vote, with a badge for each election', async () => {
    const signedIn = await serveSite(site.dir, (request, response) => {
      if (!request.url?.startsWith('/trpc/me.get')) return false;
      const entry = (key: string, stand: object | null, voted: boolean, phase: string) => ({
        key,
        stand,
        voted,
        officer: false,
        phase,
      });
      response.setHeader('content-type', 'application/json').end(
        JSON.stringify({
          result: {
            data: {
              user: { login: 'anneke-vos' },
              now: Date.now(),
              elections: [
                entry('steering---term-4', { kind: 'may-vote', next: 'vote' }, false, 'open'),
                entry('steering---term-3', null, true, 'ended'),
                entry('maintainers---storage', { kind: 'may-ask', next: 'ask' }, false, 'upcoming'),
              ],
            },
          },
        }),
      );
      return true;
    });
    const { page } = await open({ viewport: PHONE });
    await page.goto(`${signedIn.origin}/`);
    await page.waitForSelector('[data-state=voted]');
    expect(await page.locator('.list:visible h2').first().innerText()).toBe('Needs your vote');
    expect(await page.locator('.list:visible').first().locator('h3').allInnerTexts()).toEqual([
      'Steering Committee, fourth term',
    ]);
    const badge = (key: string) => page.locator(`[data-key="${key}"] .badge`).innerText();
    expect([
      await badge('steering---term-4'),
      await badge('steering---term-3'),
      await badge('maintainers---storage'),
    ]).toEqual(['Eligible', 'Voted', 'Not eligible']);
    expect(await page.locator('.me a').innerText()).toBe('anneke-vos');
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'home-signed-in-360-light');
    await page.context().close();
    await signedIn.close();
  });
});

describe('an election', () => {
  it('shuffles its candidates differently for different visitors and always the same for one', async () => {
    const orders = new Set<string>();
    for (let visitor = 0; visitor < 4; visitor++) {
      const { page } = await open({ viewport: DESK });
      const order = async () => {
        await page.goto(`${server.origin}/elections/steering---term-4/`);
        return (await page.locator('.card h3').allInnerTexts()).join(', ');
      };
      const first = await order();
      expect(await order()).toBe(first);
      orders.add(first);
      if (visitor === 0) {
        await page.goto(`${server.origin}/elections/steering---term-4/compare/`);
        for (const i of [0, 1, 2, 3]) await page.click(`.ticks label >> nth=${i}`);
        expect(
          await page.locator('.compare thead th:visible').allInnerTexts(),
          'compared in that order, too',
        ).toEqual(first.split(', ').slice(0, 4));
      }
      await page.context().close();
    }
    expect(orders.size).toBeGreaterThan(1);
  });
});

describe('a result', () => {
  it('explains a pair from its cell by pointer and by keyboard, and opens the sentence it links to', async () => {
    const { page } = await open({ viewport: DESK });
    await page.goto(`${server.origin}/elections/steering---term-3/results/`);
    await page.click('.analysis > summary');
    const cell = page.locator('.heatmap td a').first();
    const opacity = () => cell.locator('.say').evaluate((e) => getComputedStyle(e).opacity);
    expect(await opacity()).toBe('0');
    await cell.hover();
    await expect.poll(opacity).toBe('1');
    await page.mouse.move(0, 0);
    await cell.focus();
    await page.keyboard.press('Shift');
    expect(await cell.evaluate((e) => e.matches(':focus'))).toBe(true);
    const sentence = await cell.locator('.say').innerText();
    await page.keyboard.press('Enter');
    const target = page.locator('.why li:target');
    expect(await target.isVisible()).toBe(true);
    expect(await target.innerText()).toContain(sentence);
    await page.context().close();
  });

  it('moves through the rounds of a count by keyboard and by its buttons, without a script', async () => {
    const { page } = await open({ viewport: PHONE, javaScriptEnabled: false, reducedMotion: 'reduce' });
    await page.goto(`${server.origin}/elections/rounds/results/`);
    const shown = () => page.locator('.round-steps h3:visible').allInnerTexts();
    const rounds = await page.locator('.round-steps > li').count();
    expect(rounds).toBeGreaterThan(1);
    expect(await shown()).toEqual(['Round 1']);
    await page.focus('#p1');
    await page.keyboard.press('ArrowRight');
    expect(await shown()).toEqual(['Round 2']);
    await page.click('.round-turn:visible');
    expect(await shown()).toEqual(['Round 1']);
    expect(
      await page
        .locator('.round-bars .got')
        .evaluateAll((all) => all.map((e) => getComputedStyle(e).animationName)),
    ).not.toContain('got');
    await page.emulateMedia({ media: 'print' });
    expect(await shown()).toHaveLength(rounds);
    await page.context().close();
  });

  it('names a tie for the seat and elects nobody by itself', async () => {
    const { page } = await open({ viewport: PHONE });
    await page.goto(`${server.origin}/elections/tie/results/`);
    expect(await page.innerText('.headline')).toContain('are tied for the seat');
    expect(await page.locator('.rank.tie').count()).toBeGreaterThan(0);
    await shot(page, 'results-tie-360-light');
    await page.context().close();
  });

  it('can be counted again in the browser', async () => {
    const { page, said } = await open({ viewport: DESK });
    await page.goto(`${server.origin}/verify/?election=steering---term-3`);
    await page.click('form button[type=submit]');
    await page.waitForSelector('.note.good');
    expect(await page.innerText('.note.good')).toContain('agrees with the published result');
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'verify-1280-light');
    expect(said).toEqual([]);
    await page.context().close();
  });

  it('can be followed step by step in workers where officers opened the ballots, up to the first that is false', async () => {
    const { page, said } = await open({ viewport: PHONE, colorScheme: 'dark' });
    await page.goto(`${server.origin}/verify/?election=steering---term-3`);
    await page.click('details.why summary');
    const count = fileURLToPath(new URL('../../packages/protocol/tests/golden/3/', import.meta.url));
    const board = readdirSync(join(count, 'plain/board')).map((name) => join(count, 'plain/board', name));
    await page.setInputFiles('#file-results', join(count, 'plain/results.json'));
    await page.setInputFiles('#file-receipt', join(count, 'plain/receipt.json'));
    await page.setInputFiles('#file-board', [...board, join(count, 'custody.json')]);
    const run = async (ballots: string, note: string): Promise<string[]> => {
      await page.setInputFiles('#file-ballots', join(count, ballots, 'ballots.csv'));
      await page.click('form button[type=submit]');
      await page.waitForSelector(note);
      return page.locator(`${note} .checks li`).allInnerTexts();
    };
    const lines = await run('plain', '.note.good');
    expect(lines.every((line) => line.startsWith('✓'))).toBe(true);
    expect(lines).toContain('✓ Mix 1: officer-3 mixed the ballots and changed none.');
    expect(lines).toContain('✓ The ballot of this receipt was counted.');
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'verify-board-360-dark');
    const wrong = await run('tie-decided', '.note.bad');
    expect(wrong.at(-1)).toBe(
      '✗ ballots.csv is not what the officers opened: whoever wrote it put something else into row 1.',
    );
    // What officers did and the server signs all the same.
    const json = { name: 'results.json', mimeType: 'application/json' };
    const transcript = { ...json, name: 'custody.json', buffer: readFileSync(join(count, 'custody.json')) };
    await page.setInputFiles('#file-ballots', join(count, 'plain/ballots.csv'));
    await page.setInputFiles('#file-receipt', []);
    for (const cheat of CHEATS) {
      const { board: files, resultsJson } = cheated(cheat);
      const buffers = [...files].map(([name, bytes]) => ({
        ...{ name, mimeType: 'application/octet-stream' },
        buffer: Buffer.from(bytes),
      }));
      await page.setInputFiles('#file-results', { ...json, buffer: Buffer.from(resultsJson) });
      await page.setInputFiles('#file-board', [...buffers, transcript]);
      // The sentence of the one before may be the same.
      await page.evaluate(() => document.querySelector('.note.bad')?.setAttribute('data-before', ''));
      await page.click('form button[type=submit]');
      await page.locator('.note.bad:not([data-before]) .wrong', { hasText: cheat.sentence }).waitFor();
    }
    expect(said).toEqual([]);
    await page.context().close();
  });
});

describe('candidates', () => {
  it('are read side by side by ticking them, without a script', async () => {
    const { page } = await open({ viewport: PHONE, javaScriptEnabled: false });
    await page.goto(`${server.origin}/elections/steering---term-4/compare/`);
    expect(await page.isVisible('.compare table')).toBe(false);
    await page.click('.ticks label:has-text("Urša Kovač")');
    await page.click('.ticks label:has-text("Viggo Holm")');
    const heads = await page.locator('.compare thead th:visible').allInnerTexts();
    expect(heads).toEqual(['Urša Kovač', 'Viggo Holm']);
    expect(await page.locator('.compare tbody tr').first().locator('td:visible').count()).toBe(2);
    // Two are beside each other on a phone, with nothing to swipe.
    for (const head of await page.locator('.compare thead th:visible').all())
      expect(await head.boundingBox().then((box) => (box?.x ?? 0) + (box?.width ?? 999))).toBeLessThanOrEqual(
        360,
      );
    await shot(page, 'compare-two-phone');
    await page.click('.ticks label:has-text("Viggo Holm")');
    expect(await page.locator('.compare thead th:visible').count()).toBe(1);
    // Four at the most, and on a desk the names of the fields stay in sight.
    await page.setViewportSize(DESK);
    for (let i = 0; i < 3; i++) await page.click('.ticks input:not(:checked) + label >> nth=0');
    expect(await page.isVisible('.if-four')).toBe(true);
    expect(await page.locator('.ticks :checked + label:visible').count(), 'who is ticked is seen').toBe(4);
    const fifth = page.locator('.ticks input:not(:checked) + label').first();
    await fifth.click({ force: true });
    expect(await page.locator('.compare thead th:visible').count(), 'five are not compared').toBe(4);
    await page.$eval('.compare .scroll', (e) => e.scrollTo(e.scrollWidth, 0));
    for (const label of await page.locator('.compare th[scope=row]').all())
      expect((await label.boundingBox())?.x, 'the name of the field is in sight').toBeGreaterThanOrEqual(0);
    await shot(page, 'compare-four-1280');
    await page.context().close();
  });

  it('lead to each other, all the way round', async () => {
    const { page } = await open({ viewport: PHONE });
    await page.goto(`${server.origin}/elections/steering---term-4/candidates/ursa-kovac/`);
    const seen = new Set<string>();
    for (let i = 0; i < 6; i++) {
      seen.add(await page.innerText('h1'));
      await page.click('a[rel=next]');
    }
    expect(seen.size).toBe(6);
    expect(await page.innerText('h1')).toBe('Urša Kovač');
    await page.context().close();
  });
});

describe('a body', () => {
  it('tells who serves until when, year by year, and is found from its elections', async () => {
    const { page } = await open({ viewport: PHONE, javaScriptEnabled: false });
    await page.goto(`${server.origin}/elections/steering---term-3/results/`);
    await page.click('.after a[href="/bodies/steering-committee/"]');
    expect(await page.innerText('h1')).toBe('Steering Committee');
    expect(await page.locator('.body-people li').allInnerTexts()).toEqual([
      expect.stringMatching(/^Noor Haddad\s+until 3 Jun 2027$/),
      expect.stringMatching(/^Piotr Zielak\s+until 3 Jun 2027$/),
    ]);
    expect(await page.locator('.body-year').allInnerTexts()).toContain('2024');
    await page.context().close();
  });
});

describe('the language', () => {
  it('is the browser’s, until the reader chooses another', async () => {
    const { page } = await open({ viewport: DESK, locale: 'de-AT' });
    await page.goto(`${server.origin}/elections/steering---term-4/`);
    await page.waitForURL('**/de/elections/steering---term-4/');
    expect(await page.getAttribute('html', 'lang')).toBe('de');
    await page.click('[data-lang=en]');
    await page.waitForURL(`${server.origin}/elections/steering---term-4/`);
    await page.goto(`${server.origin}/`);
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await page.context().close();
  });
});

describe('the example of counting', () => {
  it('shows exactly the outcome of what is chosen, without a script', async () => {
    const { page } = await open({ viewport: PHONE, javaScriptEnabled: false });
    await page.goto(`${server.origin}/how-counting-works/`);
    const shown = () => page.locator('.out:visible').allInnerTexts();
    expect(await shown()).toHaveLength(1);
    expect((await shown())[0]).toContain('a circle');
    await page.check('#way-0b');
    expect(await shown()).toHaveLength(1);
    expect((await shown())[0]).not.toContain('a circle');
    await page.context().close();
  });
});

/** What axe says of a page that depends on the size of the screen. */
const SMALL_RULES = [...COLOUR_RULES, 'target-size', 'scrollable-region-focusable', 'meta-viewport'];

describe('pictures to look at', () => {
  const KEPT = [
    '/',
    '/elections/steering---term-4/',
    '/elections/steering---term-3/results/',
    '/elections/steering---term-4/candidates/ursa-kovac/',
    '/bodies/steering-committee/',
    '/elections/steering---term-4/compare/',
    '/elections/rounds/results/',
    '/how-counting-works/',
    '/is-my-vote-secret/',
    '/find-my-ballot/',
    '/sign-in/',
    '/elections/text-only/results/',
    '/404.html',
  ];
  it('are clean by axe in both looks, small and large, and kept where pictures are', async () => {
    const { page } = await open({ colorScheme: 'light', viewport: PHONE });
    const nameOf = (path: string) => path.replaceAll(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home';
    const seen: string[] = [];
    for (const path of KEPT) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 320, height: 640 });
      await page.goto(server.origin + path);
      const width = () => page.evaluate(() => document.documentElement.scrollWidth);
      expect(await width(), `${path} on the narrowest screen`).toBeLessThanOrEqual(320);
      await page.setViewportSize(PHONE);
      // How the page is built is asked above, of every kind of page; here, what a small screen makes of it.
      expect(await axeProblems(page, SMALL_RULES), `${path} in light on a phone`).toEqual([]);
      await shot(page, `${nameOf(path)}-${PHONE.width}-light`);
      const colour = () => page.evaluate(() => getComputedStyle(document.body).color);
      const ink = await colour();
      await page.emulateMedia({ colorScheme: 'dark' });
      if ((await colour()) !== ink) seen.push(path);
      for (const viewport of [PHONE, DESK]) {
        await page.setViewportSize(viewport);
        expect(await axeProblems(page, COLOUR_RULES), `${path} in dark, ${viewport.width} wide`).toEqual([]);
        await shot(page, `${nameOf(path)}-${viewport.width}-dark`);
      }
      if (KEEPS_PICTURES) {
        await page.emulateMedia({ colorScheme: 'light' });
        await shot(page, `${nameOf(path)}-${DESK.width}-light`);
      }
    }
    expect(seen, 'pages whose colours change with the look').toEqual(KEPT);
    await page.context().close();
  });
});
