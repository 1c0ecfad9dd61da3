/** Readers without motion, with colours of their own or with a finger only; and a policy that bites. */
import { axeProblems, launchChromium } from '@elekto/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExample } from './built-site.ts';
import type { BuiltSite } from './built-site.ts';
import { OPEN_ELECTION, startDriftwood } from './driftwood.ts';
import type { Driftwood } from './driftwood.ts';
import { DESK, PHONE, shot } from './shots.ts';
import { serveSite } from '../static-server.ts';
import type { StaticServer } from '../static-server.ts';

const BALLOT = `/elections/${OPEN_ELECTION}/ballot/`;
const PAGES = [
  '/',
  `/elections/${OPEN_ELECTION}/`,
  '/elections/steering---term-3/results/',
  '/verify/',
  BALLOT,
];

let org: Driftwood;
let site: BuiltSite;
let server: StaticServer;
let browser: Browser;

beforeAll(async () => {
  [org, site, browser] = await Promise.all([
    startDriftwood(['adaeze-obi', 'anneke-vos', 'bram-de-wit']),
    buildExample(),
    launchChromium(),
  ]);
  const { header } = JSON.parse(readFileSync(join(site.dir, 'csp.json'), 'utf8')) as { header: string };
  server = await serveSite(site.dir, (request, response) => {
    // A page as it would be after somebody got markup of theirs into it.
    if (request.url === '/injected/') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader('content-security-policy', header);
      const own = `<style>h1{color:rgb(1,2,3)}</style><script>window.ran='inline'</script><h1 style="color:rgb(1,2,3)" onclick="window.ran='handler'">`;
      response.end(readFileSync(join(site.dir, 'index.html'), 'utf8').replace('<h1>', own));
      return true;
    }
    // An answer that never comes: the ballot goes on loading.
    return request.url?.startsWith('/trpc/ballot.') ?? false;
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  site?.remove();
  await org?.stop();
});

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: DESK, ...options });
  return context.newPage();
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(org.url + BALLOT);
  const press = (selector: string) =>
    page
      .evaluate(() => navigator.maxTouchPoints > 0)
      .then((touch) => page[touch ? 'tap' : 'click'](selector));
  await press('.sign-in-first .button');
  await page.waitForSelector(`button:has-text("${login}")`);
  await press(`button:has-text("${login}")`);
  await page.waitForSelector('.editor');
}

const control = (id: string, name: string) => `[data-row="${id}"] [data-control=${name}]`;
const primary = '.bar .button:not(.quiet)';
const rowIds = (page: Page) =>
  page.$$eval('.row', (rows) => rows.map((row) => (row as HTMLElement).dataset['row'] ?? ''));

/** What moves or would move: running animations, and elements (with their before and after) whose style has a duration. */
const moving = (page: Page) =>
  page.evaluate(() => {
    const lasts = (list: string) => list.split(',').some((time) => parseFloat(time) > 0);
    const found = document.getAnimations().map((animation) => `running: ${animation.playState}`);
    for (const element of document.querySelectorAll('*'))
      for (const part of [null, '::before', '::after']) {
        const style = getComputedStyle(element, part);
        const name = `${element.tagName}.${element.getAttribute('class') ?? ''}${part ?? ''}`;
        if (style.animationName !== 'none' && lasts(style.animationDuration))
          found.push(`${name}: animation`);
        if (lasts(style.transitionDuration)) found.push(`${name}: transition`);
        if (style.scrollBehavior === 'smooth') found.push(`${name}: smooth scrolling`);
      }
    return found;
  });

describe('who asks for less motion', () => {
  it('gets none, on public pages and while the ballot loads, where others see a wheel turn', async () => {
    const still = await open({ reducedMotion: 'reduce' });
    for (const path of PAGES) {
      await still.goto(server.origin + path);
      expect(await moving(still), path).toEqual([]);
    }
    await still.context().close();
    const lively = await open({ reducedMotion: 'no-preference' });
    await lively.goto(server.origin + BALLOT);
    await lively.evaluate(() => {
      const sign = document.createElement('p');
      sign.className = 'loading';
      document.querySelector('main')?.append(sign);
    });
    expect(await moving(lively), 'the check sees motion where there is some').not.toEqual([]);
    await lively.emulateMedia({ reducedMotion: 'reduce' });
    expect(await moving(lively)).toEqual([]);
    await lively.context().close();
  });

  it('gets none on the ballot, from ranking to the review', async () => {
    const page = await open({ reducedMotion: 'reduce' });
    await signIn(page, 'adaeze-obi');
    const [a = '', b = ''] = await rowIds(page);
    await page.click(control(b, 'pick'));
    await page.click(control(a, 'pick'));
    expect(await moving(page)).toEqual([]);
    await page.click(control(a, 'menu'));
    expect(await moving(page), 'the menu').toEqual([]);
    await page.keyboard.press('Escape');
    await page.click(primary);
    await page.waitForSelector('.review');
    expect(await moving(page), 'review').toEqual([]);
    await page.context().close();
  });
});

describe('forced colours', () => {
  it('leave the step, the places, ties, what is ticked and the focus to be seen', async () => {
    const page = await open({ forcedColors: 'active' });
    await signIn(page, 'anneke-vos');
    const [a = '', b = '', c = ''] = await rowIds(page);
    await page.click(control(a, 'pick'));
    await page.click(control(b, 'pick'));
    await page.click(`[data-ranked="${b}"] [data-control=tie]`);
    const look = (selector: string, part?: string) =>
      page.$eval(
        selector,
        (element, pseudo) => {
          const canvas = getComputedStyle(document.body).backgroundColor;
          const s = getComputedStyle(element, pseudo);
          return {
            text: s.color,
            ground: s.backgroundColor,
            border:
              s.borderTopStyle === 'none' || parseFloat(s.borderTopWidth) < 1 ? canvas : s.borderTopColor,
            left:
              s.borderLeftStyle === 'none' || parseFloat(s.borderLeftWidth) < 1 ? canvas : s.borderLeftColor,
            outline: s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2 ? canvas : s.outlineColor,
            native: s.appearance !== 'none',
            canvas,
          };
        },
        part,
      );
    const place = await look(`[data-row="${a}"] .numeral`);
    expect(await page.innerText(`[data-row="${a}"] .numeral`)).toBe('1');
    expect(place.text, 'the number of a place').not.toBe(place.ground);
    expect(place.border, 'the frame of a place').not.toBe(place.canvas);
    const free = await look(`[data-row="${c}"] .numeral`);
    expect(free.border, 'the frame of a place that is not taken').not.toBe(free.canvas);
    const [now, other] = [await look('.steps .now'), await look('.steps li:not(.now)')];
    expect(now.ground, 'the step').not.toBe(other.ground);
    expect(now.text).not.toBe(now.ground);
    expect((await look(`[data-ranked="${a}"] [data-control=down]`)).border, 'buttons').not.toBe(place.canvas);
    const tie = [await look('.tier.tie .tier-body', '::before')];
    expect(
      tie.some(({ left, canvas }) => left !== canvas),
      'the bracket of a tie',
    ).toBe(true);
    for (const target of [control(a, 'pick'), `[data-ranked="${a}"] .grip`, primary]) {
      await page.focus('body');
      await page.keyboard.press('Tab');
      await page.focus(target);
      const focused = await look(target);
      expect(focused.outline, `focus on ${target}`).not.toBe(focused.canvas);
    }
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'ballot-forced-colours');
    await page.context().close();
  });
});

describe('a finger', () => {
  it('makes a tie, takes it back, makes it again and casts it', async () => {
    const page = await open({ viewport: PHONE, hasTouch: true, isMobile: true });
    await signIn(page, 'bram-de-wit');
    const [a = '', b = '', c = ''] = await rowIds(page);
    for (const id of [b, a, c]) await page.tap(control(id, 'pick'));
    await page.tap('.sheet-button');
    const inRanking = (what: string) => `[data-ranked="${a}"] [data-control=${what}]`;
    await page.tap(inRanking('tie'));
    await expect.poll(() => page.locator('.tier.tie [data-ranked]').count()).toBe(2);
    await page.tap(inRanking('separate'));
    await expect.poll(() => page.locator('.tier.tie').count()).toBe(0);
    // The first of a tie leaves it upwards: the same two again, from below.
    await page.tap(
      `[data-ranked="${(await page.getAttribute('[data-tier="1"] [data-ranked]', 'data-ranked')) ?? ''}"] [data-control=tie]`,
    );
    await page.waitForSelector('.tier.tie');
    await shot(page, 'ballot-touch-tie-360-light');
    await page.tap(primary);
    await page.waitForSelector('.review');
    expect(await page.innerText('.sentence')).toContain(' first together, then ');
    await page.tap('.protect summary');
    await page.tap('text=No passphrase');
    await page.tap('.button.big');
    await page.waitForSelector('.done');
    await page.context().close();
  });
});

/** Collects what the policy stops, from before the page's first byte. */
async function watched(): Promise<{ page: Page; stopped: () => Promise<string[]> }> {
  const page = await open();
  await page.addInitScript(() => {
    const list: string[] = [];
    Object.assign(window, { stopped: list });
    document.addEventListener('securitypolicyviolation', (event) => list.push(event.effectiveDirective));
  });
  // Reported in tasks of their own: to be waited for.
  const stopped = () => page.evaluate(() => (window as unknown as { stopped: string[] }).stopped);
  return { page, stopped };
}

describe('the policy', () => {
  it('stops markup that got into a page: script, style, attributes', async () => {
    const { page, stopped } = await watched();
    await page.goto(`${server.origin}/injected/`);
    await page.click('h1');
    expect(await page.evaluate(() => (window as unknown as { ran?: string }).ran)).toBeUndefined();
    expect(await page.$eval('h1', (h1) => getComputedStyle(h1).color)).not.toBe('rgb(1, 2, 3)');
    await expect
      .poll(async () => [...new Set(await stopped())].sort())
      .toEqual(['script-src-attr', 'script-src-elem', 'style-src-attr', 'style-src-elem']);
    await page.context().close();
  });

  it.each([
    ['a public page', () => `${server.origin}/`],
    ['the ballot', () => server.origin + BALLOT],
    ['the ballot on the real server', () => org.url + BALLOT],
    ['the home page of the real server', () => `${org.url}/`],
  ] as const)('stops what a script would put into %s, and reports it', async (_, url) => {
    const { page, stopped } = await watched();
    await page.goto(url());
    const did = await page.evaluate(() => {
      const style = document.createElement('style');
      style.append('h1 { color: rgb(1, 2, 3) }');
      document.head.append(style);
      document.querySelector('h1')?.setAttribute('style', 'color: rgb(1, 2, 3)');
      const refused = (act: () => void) => {
        try {
          act();
          return 'taken';
        } catch (error) {
          return (error as Error).name;
        }
      };
      return {
        html: refused(() => (document.createElement('div').innerHTML = 'x')),
        text: refused(() => (document.createElement('script').textContent = 'window.ran = 1')),
        file: refused(() => (document.createElement('script').src = 'https://elsewhere.example/x.js')),
        code: refused(() => setTimeout('window.ran = 1')),
        colour: getComputedStyle(document.querySelector('h1')!).color,
      };
    });
    expect(did).toMatchObject({ html: 'TypeError', text: 'TypeError', file: 'TypeError' });
    expect(did.code).not.toBe('taken');
    expect(did.colour).not.toBe('rgb(1, 2, 3)');
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.append('window.ran = 1');
      document.head.append(script);
      const image = new Image();
      image.src = 'https://elsewhere.example/x.png';
      document.body.append(image);
      return fetch('https://elsewhere.example/').catch(() => null);
    });
    expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran)).toBeUndefined();
    await expect
      .poll(stopped)
      .toEqual(
        expect.arrayContaining([
          'style-src-elem',
          'style-src-attr',
          'require-trusted-types-for',
          'img-src',
          'connect-src',
        ]),
      );
    await page.context().close();
  });
});
