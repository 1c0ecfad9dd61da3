import { launchChromium } from '@elekto/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeProblems } from './axe.ts';
import { AFTER_CLOSE, OPEN_ELECTION, startDriftwood } from './driftwood.ts';
import type { Driftwood } from './driftwood.ts';
import { DESK, PHONE, shot } from './shots.ts';

/** Voters of the example, one for each journey; the last one is not on the roll. */
const VOTERS = [
  'adaeze-obi',
  'anneke-vos',
  'bram-de-wit',
  'cato-lunde',
  'farah-nasser',
  'goran-ilic',
  'jonas-feld',
  'quinn-abara',
];

let org: Driftwood;
let browser: Browser;

beforeAll(async () => {
  org = await startDriftwood([...VOTERS, 'passer-by', 'edda-lind']);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await org?.stop();
});

interface Visit {
  readonly page: Page;
  readonly said: string[];
  close(): Promise<void>;
}

async function visit(options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: DESK, ...options });
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => {
    // Browsers report an answer with a refusal as a failed resource; that is no fault of the page.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  return { page, said, close: () => context.close() };
}

const address = (rest = 'ballot/', lang = '') => `${org.url}${lang}/elections/${OPEN_ELECTION}/${rest}`;

async function signInAt(page: Page, login: string, url = address()): Promise<void> {
  await page.goto(url);
  await page.click('.sign-in-first .button');
  await page.click(`button:has-text("${login}")`);
  await page.waitForSelector('.editor, .voted, #island .note, #island form');
}

const rowIds = (page: Page) =>
  page.$$eval('.row', (rows) => rows.map((row) => (row as HTMLElement).dataset['row'] ?? ''));
const control = (id: string, name: string) => `[data-row="${id}"] [data-control=${name}]`;
const primary = '.bar .button:not(.quiet)';

/** Tab until something that matches has the focus: what a keyboard can reach. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 140; i++) {
    if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${selector}`);
}

describe('voting', () => {
  it('goes from sign-in to a receipt, and the ballot can be opened, replaced and withdrawn', async () => {
    const { page, said, close } = await visit();
    const clean = async (name: string) => {
      expect(await axeProblems(page), name).toEqual([]);
      await shot(page, `ballot-${name}-1280-light`);
    };
    await page.goto(address());
    await page.waitForSelector('.sign-in-first');
    await clean('1-signed-out');
    await signInAt(page, 'adaeze-obi');
    await clean('2-empty');
    const [a = '', b = '', c = '', d = ''] = await rowIds(page);

    await page.selectOption(control(c, 'place'), '1');
    await page.selectOption(control(a, 'place'), '3');
    expect((await rowIds(page))[0], 'rows stay where they are').toBe(a);
    await page.check(control(b, 'none'));
    await clean('3-out-of-order');
    await page.click('.bar .button.quiet');
    expect((await rowIds(page)).slice(0, 2)).toEqual([c, a]);
    expect(await page.locator('.tray.none .row').count()).toBe(1);
    await page.click(control(a, 'tie'));
    expect(await page.locator('.tier.tie .row').count()).toBe(2);
    await page.click(control(a, 'untie'));
    await page.click(control(a, 'tie'));
    await page.click(control(d, 'next'));
    await clean('4-tie');

    await page.reload();
    await page.waitForSelector('.editor');
    expect(await page.locator('.editor .note').innerText()).toContain('kept in this browser');
    expect(await page.locator('.tier.tie .row').count()).toBe(2);

    await page.click(primary);
    await page.waitForSelector('.review');
    const says = await page.innerText('.sentence');
    expect(says).toMatch(/ first together, then /);
    await clean('5-review');
    await page.click(primary);
    await page.waitForSelector('.protect');
    await page.click('.button.big');
    expect(await page.innerText('.wrong')).toContain('Confirm');
    await clean('6-passphrase');
    const phrase = (await page.innerText('output.phrase')).trim();
    expect(phrase.split(' ')).toHaveLength(6);
    await page.check('#protect-saved');
    await page.click('.button.big');
    await page.waitForSelector('.done');
    await clean('7-done');
    const download = page.waitForEvent('download');
    await page.click('.receipt .button:not(.quiet)');
    expect((await download).suggestedFilename()).toBe(`receipt-${OPEN_ELECTION}.json`);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    for (const id of [a, b, c, d])
      expect(kept, 'nothing of the ballot stays in the browser').not.toContain(id);
    expect(kept).not.toContain(phrase.split(' ')[0]);

    await page.reload();
    await page.waitForSelector('.voted');
    await clean('8-voted');
    await page.fill('#unlock', 'not the right one');
    await page.click('.voted .button');
    await page.waitForSelector('.voted .note.bad');
    await clean('9-wrong-passphrase');
    await page.fill('#unlock', ` ${phrase.toUpperCase()} `);
    await page.click('.voted .button');
    await page.waitForSelector('.view');
    expect(await page.innerText('.sentence')).toContain(' first together, then ');
    await clean('10-view');

    await page.click('.view .button:not(.quiet)');
    await page.click(control(d, 'up'));
    await page.click(primary);
    await page.click(primary);
    await page.waitForSelector('.done');
    expect(await page.innerText('.stamp h2')).toBe('Your ballot is replaced');

    await page.reload();
    await page.fill('#unlock', phrase);
    await page.click('.voted .button');
    await page.waitForSelector('.view');
    await page.click('.view > .row-of-buttons .button.quiet');
    await clean('11-withdraw');
    await page.click('dialog .danger');
    await page.waitForSelector('text=Your ballot is withdrawn');
    await clean('12-withdrawn');
    expect(said).toEqual([]);
    await close();
  });

  it('needs nothing but a keyboard', async () => {
    const { page, close } = await visit();
    await page.goto(address());
    await page.waitForSelector('.sign-in-first');
    await tabTo(page, '.sign-in-first .button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('button:has-text("anneke-vos")');
    await page.focus('button:has-text("anneke-vos")');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.editor');
    const [a = '', b = ''] = await rowIds(page);
    await tabTo(page, control(a, 'grip'));
    await page.keyboard.press('2');
    await tabTo(page, control(b, 'grip'));
    await page.keyboard.press('1');
    await tabTo(page, '.bar .button.quiet');
    await page.keyboard.press('Enter');
    expect((await rowIds(page)).slice(0, 2)).toEqual([b, a]);
    await tabTo(page, control(a, 'grip'));
    await page.keyboard.press('ArrowUp');
    expect((await rowIds(page)).slice(0, 2)).toEqual([a, b]);
    expect(
      await page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row')),
      'focus stays on what moved',
    ).toBe(a);
    expect(await page.locator('.editor > [role=status]').last().innerText()).toMatch(/: place 1 of 2\.$/);
    for (const target of [primary, '.review .button:not(.quiet)', '#protect-saved']) {
      await tabTo(page, target);
      await page.keyboard.press(target === '#protect-saved' ? 'Space' : 'Enter');
    }
    await tabTo(page, '.protect .button.big');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.done');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Your ballot is cast');
    await close();
  });

  it('needs nothing but a finger, on a small dark screen, in German', async () => {
    const { page, said, close } = await visit({
      viewport: PHONE,
      hasTouch: true,
      isMobile: true,
      colorScheme: 'dark',
      locale: 'de-DE',
    });
    const clean = async (name: string) => {
      expect(await axeProblems(page), name).toEqual([]);
      await shot(page, `ballot-${name}-360-dark`);
    };
    await page.goto(address('ballot/', '/de'));
    await page.tap('.sign-in-first .button');
    await page.tap('button:has-text("bram-de-wit")');
    await page.waitForSelector('.editor');
    const [a = '', b = '', c = ''] = await rowIds(page);
    await page.tap(control(c, 'next'));
    await page.tap(control(a, 'next'));
    await page.tap(control(b, 'none'));
    await clean('1-out-of-order');
    await page.tap('.bar .button.quiet');
    await page.tap(control(a, 'up'));
    expect((await rowIds(page)).slice(0, 2)).toEqual([a, c]);
    await clean('2-ordered');
    const small = await page.$$eval('.editor button, .editor select, .editor label.act', (all) =>
      all
        .filter((e) => e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24)
        .map((e) => e.outerHTML),
    );
    expect(small, 'targets are at least 24 pixels').toEqual([]);
    await page.tap(primary);
    await clean('3-review');
    await page.tap(primary);
    await clean('4-passphrase');
    await page.tap('text=Eine eigene wählen');
    await page.fill('#protect-own', 'kurz');
    await page.tap('.protect .button.big');
    expect(await page.innerText('.wrong')).toContain('Zu kurz');
    await page.fill('#protect-own', 'ein eigener langer Satz');
    await page.fill('#protect-again', 'ein eigener langer Satt');
    await page.tap('.protect .button.big');
    expect(await page.innerText('.wrong')).toContain('nicht gleich');
    await clean('5-own-passphrase');
    await page.fill('#protect-again', 'ein eigener langer Satz');
    await page.tap('.protect .button.big');
    await page.waitForSelector('.done');
    await clean('6-done');
    expect(said).toEqual([]);
    await close();
  });

  it('can be done by dragging, which never makes a tie', async () => {
    const { page, close } = await visit({ colorScheme: 'dark' });
    await signInAt(page, 'cato-lunde');
    const [a = '', b = '', c = ''] = await rowIds(page);
    const drag = async (id: string, to: () => Promise<{ x: number; y: number }>) => {
      await page.locator(control(id, 'grip')).scrollIntoViewIfNeeded();
      const box = (await page.locator(control(id, 'grip')).boundingBox())!;
      await page.mouse.move(box.x + 20, box.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + 20, box.y + 32, { steps: 3 });
      const { x, y } = await to();
      await page.mouse.move(x, y, { steps: 4 });
      if (id === c) await shot(page, 'ballot-dragging-1280-dark');
      await page.mouse.up();
    };
    const gap = (i: number) => async () => {
      const box = (await page.locator(`[data-gap="${i}"]`).boundingBox())!;
      return { x: box.x + 60, y: box.y + box.height / 2 };
    };
    await drag(a, gap(0));
    await drag(b, gap(0));
    expect((await rowIds(page)).slice(0, 2)).toEqual([b, a]);
    await drag(a, gap(0));
    expect((await rowIds(page)).slice(0, 2)).toEqual([a, b]);
    await drag(c, async () => {
      const box = (await page.locator('[data-tray=none]').boundingBox())!;
      return { x: box.x + 80, y: box.y + box.height / 2 };
    });
    expect(await page.locator('[data-tray=none] .row').getAttribute('data-row')).toBe(c);
    expect(await page.locator('.tier.tie').count()).toBe(0);
    await close();
  });

  it('survives a lost connection: the same ballot is sent again and counts once', async () => {
    const { page, close } = await visit();
    await signInAt(page, 'farah-nasser');
    const [a = '', b = ''] = await rowIds(page);
    await page.click(control(a, 'next'));
    await page.click(control(b, 'next'));
    await page.click(primary);
    await page.click(primary);
    await page.check('text=No passphrase');
    const sent: string[] = [];
    // The first ballot arrives, its answer does not.
    await page.route('**/trpc/ballot.cast', async (route) => {
      sent.push(route.request().postData() ?? '');
      if (sent.length === 1) {
        await route.fetch();
        return route.abort('connectionreset');
      }
      return route.continue();
    });
    await page.click('.button.big');
    await page.waitForSelector('.note.bad');
    expect(await page.innerText('.note.bad')).toContain('cannot count twice');
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'ballot-offline-1280-light');
    await page.click('.note .button:not(.quiet)');
    await page.waitForSelector('.done');
    expect(sent).toHaveLength(2);
    expect(sent[1]).toBe(sent[0]);
    await close();
  });

  it('can be filled in and sealed without a connection, and survives the end of the session', async () => {
    const { page, close } = await visit();
    const storage = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    await signInAt(page, 'jonas-feld');
    const [a = '', b = '', c = ''] = await rowIds(page);
    await page.context().setOffline(true);
    await page.click(control(b, 'next'));
    await page.click(control(a, 'next'));
    await page.click('.bar .button.quiet');
    await page.click(primary);
    await page.waitForSelector('.review');
    await page.click(primary);
    await page.waitForSelector('.protect');
    await page.check('#protect-saved');
    await page.click('.button.big');
    await page.waitForSelector('.note.bad');
    expect(await page.innerText('.note.bad h2')).toBe('The server cannot be reached');
    await page.click('.note .button.quiet');
    expect((await rowIds(page)).slice(0, 2), 'nothing is lost').toEqual([b, a]);

    await page.context().setOffline(false);
    await page.reload();
    await page.waitForSelector('.editor .note');
    expect((await rowIds(page)).slice(0, 2)).toEqual([b, a]);
    await page.click(primary);
    await page.click(primary);
    await page.check('#protect-saved');
    // The session ends while the voter thinks about the passphrase.
    await page.context().clearCookies();
    await page.click('.button.big');
    await page.waitForSelector('.note.warn');
    expect(await page.innerText('.note.warn h2')).toBe('You are not signed in');
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'ballot-session-over-1280-light');
    await page.click('.note a.button');
    await page.click('button:has-text("jonas-feld")');
    await page.waitForSelector('.editor .note');
    expect((await rowIds(page)).slice(0, 2), 'kept over signing in again').toEqual([b, a]);
    expect(await storage()).toContain(a);
    await page.click(primary);
    await page.click(primary);
    const phrase = (await page.innerText('output.phrase')).trim();
    await page.check('#protect-saved');
    await page.click('.button.big');
    await page.waitForSelector('.done');

    const traces = () =>
      page.evaluate(async () =>
        JSON.stringify([
          { ...localStorage },
          { ...sessionStorage },
          await indexedDB.databases(),
          await caches.keys(),
          history.state as unknown,
          location.href,
          [...document.querySelectorAll('input, select, .sentence, .row, .paper')].map((e) => e.outerHTML),
          document.querySelector('#island')?.textContent,
        ]),
      );
    const leaves = async (when: string) => {
      const kept = await traces();
      for (const id of [
        a,
        b,
        c,
        phrase,
        ...phrase
          .split(' ')
          .slice(0, 2)
          .map((word) => `"${word}`),
      ])
        expect(kept, when).not.toContain(id);
    };
    await leaves('after casting');
    await page.click('.next a >> nth=0');
    await page.waitForSelector('.cards');
    await page.goBack();
    await page.waitForSelector('.done, .voted');
    await leaves('after going back');
    await page.reload();
    await page.waitForSelector('.voted');
    await leaves('after a reload');
    await close();
  });

  it('leaves nothing behind in a browser whose voter casts in another one', async () => {
    const first = await visit();
    const second = await visit();
    await signInAt(first.page, 'quinn-abara');
    const [a = '', b = ''] = await rowIds(first.page);
    await first.page.click(control(a, 'next'));
    const kept = () => first.page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(await kept()).toContain(a);
    await signInAt(second.page, 'quinn-abara');
    await second.page.click(control(b, 'next'));
    await second.page.click(control(a, 'next'));
    await second.page.click(primary);
    await second.page.click(primary);
    await second.page.check('text=No passphrase');
    await second.page.click('.button.big');
    await second.page.waitForSelector('.done');
    await first.page.click(control(b, 'next'));
    await first.page.click(primary);
    await first.page.click(primary);
    await first.page.check('text=No passphrase');
    await first.page.click('.button.big');
    await first.page.waitForSelector('.note.warn');
    expect(await first.page.innerText('.note.warn h2')).toBe('You have already voted');
    await first.page.click('.note .button');
    await first.page.waitForSelector('.voted');
    expect(await kept()).not.toContain(a);
    await first.close();
    await second.close();
  });

  it('warns before a ballot that would change nothing', async () => {
    const { page, close } = await visit();
    await signInAt(page, 'goran-ilic');
    await page.click(primary);
    await page.waitForSelector('.note.warn');
    expect(await page.innerText('.note.warn')).toContain('would change nothing');
    expect(await page.isDisabled(primary)).toBe(true);
    await shot(page, 'ballot-no-effect-1280-light');
    await page.check('.note.warn input');
    expect(await page.isDisabled(primary)).toBe(false);
    await page.click('.bar .button.quiet');
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'fits 320 pixels').toBe(320);
    await shot(page, 'ballot-320-light');
    const [a = ''] = await rowIds(page);
    await page.click(control(a, 'next'));
    await page.click(primary);
    expect(await page.innerText('.note.warn')).toContain('compares nobody');
    await close();
  });
});

describe('whoever may not vote', () => {
  it('is told why, and can ask for an exception and see what became of it', async () => {
    const { page, said, close } = await visit({ viewport: PHONE });
    await signInAt(page, 'passer-by');
    expect(await page.innerText('.note h2')).toBe('You are not on the voter roll');
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'ballot-not-eligible-360-light');
    await page.click('.note .button:not(.quiet)');
    await page.waitForSelector('#ask-name');
    await page.click('#island form .button');
    expect(await page.locator('.wrong').count()).toBe(3);
    expect(await axeProblems(page)).toEqual([]);
    await page.fill('#ask-name', 'Pat Passer');
    await page.fill('#ask-email', 'pat@example.org');
    await page.fill('#ask-reason', 'I ran the station in the harbour for a year.\nSee the log.');
    await shot(page, 'exception-form-360-light');
    await page.click('#island form .button');
    await page.waitForSelector('text=Your request is with the officers');
    await page.reload();
    await page.waitForSelector('text=Waiting for the officers');
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'exception-asked-360-light');
    expect(said).toEqual([]);
    await close();
  });

  it('can sign out again', async () => {
    const { page, close } = await visit();
    await signInAt(page, 'passer-by');
    await page.click('.me a');
    await page.waitForSelector('[data-login]:has-text("passer-by")');
    await shot(page, 'sign-in-signed-in-1280-light');
    expect(await axeProblems(page)).toEqual([]);
    await page.click('main form .button');
    await page.waitForLoadState('networkidle');
    expect(await page.innerText('.me a')).toBe('Sign in');
    await close();
  });
});

describe('the addresses of before', () => {
  it.each([
    ['/app', '/'],
    ['/elections', '/elections/'],
    [`/elections/${OPEN_ELECTION}`, `/elections/${OPEN_ELECTION}/`],
    [`/app/elections/${OPEN_ELECTION}`, `/elections/${OPEN_ELECTION}/`],
    [`/app/elections/${OPEN_ELECTION}/vote`, `/elections/${OPEN_ELECTION}/ballot/`],
    [`/app/elections/${OPEN_ELECTION}/results`, `/elections/${OPEN_ELECTION}/results/`],
    [`/app/elections/${OPEN_ELECTION}/exception`, `/elections/${OPEN_ELECTION}/exception/`],
    [
      `/app/elections/${OPEN_ELECTION}/candidates/ursa-kovac`,
      `/elections/${OPEN_ELECTION}/candidates/ursa-kovac/`,
    ],
  ])('%s leads to a page that exists', async (old, present) => {
    const answer = await fetch(org.url + old);
    expect([answer.status, new URL(answer.url).pathname]).toEqual([200, present]);
  });
});

describe('after the close', () => {
  it('no ballot is taken, and a voter finds theirs among the published ones', async () => {
    const { page, close } = await visit();
    await signInAt(page, 'edda-lind');
    const [a = '', b = ''] = await rowIds(page);
    await page.click(control(a, 'next'));
    await page.click(control(b, 'next'));
    const says = (await page.innerText('.sentence')).split(' It says')[0] ?? '';
    await page.click(primary);
    await page.click(primary);
    const phrase = (await page.innerText('output.phrase')).trim();
    await page.check('#protect-saved');
    await page.click('.button.big');
    await page.waitForSelector('.done');
    const download = page.waitForEvent('download');
    await page.click('.receipt .button:not(.quiet)');
    const receipt = await (await download).path();

    await org.closeAndPublish(AFTER_CLOSE, page);
    await page.goto(address());
    await page.waitForSelector('.note h2');
    expect(await page.innerText('.note h2')).toBe('Voting is closed');
    await shot(page, 'ballot-closed-1280-light');
    await page.click('text=Find my ballot >> nth=-1');
    await page.waitForSelector('#phrase');
    await page.fill('#phrase', phrase);
    await page.click('#island form .button >> nth=0');
    await page.waitForSelector('.note.good');
    expect(await page.innerText('.note.good')).toContain(says.replace(/\.$/, ''));
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'find-found-1280-light');
    await page.fill('#tracker', '00'.repeat(16));
    await page.click('#island form .button >> nth=1');
    await page.waitForSelector('.note.warn');
    await page.goto(`${org.url}/verify/?election=${OPEN_ELECTION}`);
    await page.setInputFiles('#file-receipt', receipt);
    await page.click('form button[type=submit]');
    await page.waitForSelector('.checks');
    expect(await page.innerText('.checks')).toContain('The ballot of your receipt was counted.');
    expect(await axeProblems(page)).toEqual([]);
    expect(await page.locator('.checks .wrong').count()).toBe(0);
    expect(await page.locator('.checks .ok').count()).toBeGreaterThan(6);
    await shot(page, 'verify-signed-1280-light');
    await page.goto(address('results/'));
    await shot(page, 'results-just-published-1280-light');
    await close();
  });
});
