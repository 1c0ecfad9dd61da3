import { axeProblems, KEEPS_PICTURES, launchChromium } from '@elekto/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCrowd, crowdKey } from './crowd.ts';
import { AFTER_CLOSE, OPEN_ELECTION, startDriftwood, WHILE_OPEN } from './driftwood.ts';
import type { Driftwood } from './driftwood.ts';
import { addOfficersElection, OFFICERS, OFFICERS_ELECTION, sayReady } from './officers.ts';
import { DESK, PHONE, shot } from './shots.ts';
import { visit as visitWith } from './visit.ts';
import type { Visit } from './visit.ts';

/** Voters of the example, one for each journey. */
const VOTERS = [
  'adaeze-obi',
  'anneke-vos',
  'bram-de-wit',
  'cato-lunde',
  'dimitri-pappas',
  'farah-nasser',
  'goran-ilic',
  'jonas-feld',
  'kaito-mori',
  'quinn-abara',
  'rui-tavares',
];

let org: Driftwood;
let browser: Browser;
/** Who has voted where officers hold the key, and the receipt's file. */
let voter: Pick<Visit, 'page' | 'close'> | null = null;
let sealedReceipt = '';
/** Of a ballot of theirs that they replaced. */
let replacedReceipt = Buffer.alloc(0);
let areReady = false;

beforeAll(async () => {
  org = await startDriftwood([...VOTERS, 'passer-by', 'edda-lind', ...OFFICERS], {}, async (meta) => {
    await addOfficersElection(meta);
    await addCrowd(meta, 60);
  });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await org?.stop();
});

const visit = (options: BrowserContextOptions = {}) => visitWith(browser, options);

const address = (rest = 'ballot/', lang = '') => `${org.url}${lang}/elections/${OPEN_ELECTION}/${rest}`;

const sealed = () => address().replace(OPEN_ELECTION, OFFICERS_ELECTION);

async function signInAt(page: Page, login: string, url = address()): Promise<void> {
  await page.goto(url);
  await page.click('.sign-in-first .button');
  await page.click(`button:has-text("${login}")`);
  await page.waitForSelector('.editor, .voted, #island .note, #island form');
}

/**
 * What is on the screen is clean by axe, unless it is the screen of every other election, which has been asked about;
 * where pictures are kept, in both widths and both looks.
 */
async function look(page: Page, name: string, own = true): Promise<void> {
  if (own) expect(await axeProblems(page), name).toEqual([]);
  if (!KEEPS_PICTURES) return;
  for (const [size, width] of [
    [PHONE, 360],
    [DESK, 1280],
  ] as const) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await shot(page, `officers-${name}-${width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const focusedId = (page: Page) => page.evaluate(() => document.activeElement?.id);
const rowIds = (page: Page) =>
  page.$$eval('.row', (rows) => rows.map((row) => (row as HTMLElement).dataset['row'] ?? ''));
/** Who is ranked, best first; in a tie by id. */
const rankedIds = (page: Page) =>
  page.$$eval('[data-ranked]', (rows) => rows.map((row) => (row as HTMLElement).dataset['ranked'] ?? ''));
const control = (id: string, name: string) => `[data-row="${id}"] [data-control=${name}]`;
const primary = '.bar .button:not(.quiet)';

/** Casts what is reviewed without a passphrase, where the test is not about one: stretching it takes a second each. */
async function castWithout(page: Page): Promise<void> {
  await page.click('.protect summary');
  await page.check('text=No passphrase');
  await page.click('.button.big');
}

/** The first candidate stands high enough on a phone's first screen to be seen without scrolling. */
const firstRowIn = async (page: Page, what: string): Promise<void> =>
  expect(
    await page.$eval('.row', (row) => row.getBoundingClientRect().top + scrollY),
    `candidates on the first screen: ${what}`,
  ).toBeLessThan(300);

/** Tab until something that matches has the focus: what a keyboard can reach. Answers how many times. */
async function tabTo(page: Page, selector: string): Promise<number> {
  for (let i = 0; i < 140; i++) {
    if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return i;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${selector}`);
}

/** Opens the voting where officers hold the key, once. */
async function officersReady(): Promise<void> {
  if (areReady) return;
  areReady = true;
  for (const position of [1, 3]) {
    const { page, close } = await visit();
    await signInAt(page, `officer-${position}`);
    await sayReady(page, position);
    await close();
  }
  await org.later(WHILE_OPEN);
}

/** The receipt of the ballot that was just cast, as a file. */
async function saveReceipt(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.click('.receipt .button');
  return (await download).path();
}

/** Ranks two where officers hold the key, casts and keeps the receipt. */
async function castSealed(page: Page, [first = '', second = '']: readonly string[]): Promise<void> {
  for (const id of [first, second]) await page.click(control(id, 'pick'));
  await page.click(primary);
  await page.click('.button.big');
  await page.waitForSelector('.done');
  sealedReceipt = await saveReceipt(page);
}

describe('before the first ballot', () => {
  it('a candidate who joins or leaves is shown to who is just voting, and nothing is cast without a press', async () => {
    const { page, said, close } = await visit();
    await signInAt(page, 'dimitri-pappas');
    const before = await rowIds(page);
    const [a = '', b = ''] = before;
    await page.click(control(b, 'pick'));
    await page.click(control(a, 'pick'));
    await page.click(primary);
    const line = '-'.repeat(61);
    const late = ['late-comer', 'later-1', 'later-2', 'later-3'];
    const file = (id: string) => `candidate-${id}.md`;
    const textOf = (id: string) =>
      `${line}\nname: ${id === 'late-comer' ? 'Late Comer' : id}\nID: ${id}\ninfo:\n  - employer: Independent\n${line}\n\nI was merged late.\n`;
    await org.merge(Object.fromEntries(late.map((id) => [file(id), textOf(id)])));
    await page.click('.button.big');
    await page.waitForSelector('.editor .note');
    expect(await page.innerText('.editor .note')).toContain('nothing was cast');
    expect(await rankedIds(page), 'the ranking is still there').toEqual([b, a]);
    expect(await page.innerText('[data-row="late-comer"] .who')).toMatch(/^Late Comer\s*new/);
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'ballot-new-candidate-1280-light');

    // Of ten candidates a place can have two digits: the first is seen and moves nobody, and both together are one step.
    await page.focus(control('late-comer', 'pick'));
    const numeral = page.locator('[data-row="late-comer"] .numeral');
    const open = () => numeral.evaluate((e) => getComputedStyle(e, '::after').content);
    await page.keyboard.press('1');
    expect([await numeral.innerText(), await open()]).toEqual(['1', '"_"']);
    expect(await rankedIds(page)).toEqual([b, a]);
    await page.keyboard.press('0');
    expect([await numeral.innerText(), await open()]).toEqual(['10', 'none']);
    await page.keyboard.press('Control+z');
    expect(await rankedIds(page)).toEqual([b, a]);
    await page.keyboard.press('1');
    await page.keyboard.press('Control+z');
    expect([await numeral.innerText(), await rankedIds(page)], 'a digit is taken back').toEqual(['', [b, a]]);
    const first = ['late-comer', b, a];
    for (const whole of [
      'waiting',
      () => page.keyboard.press('ArrowDown'),
      () => page.keyboard.press('Tab'),
    ] as const) {
      await page.focus(control('late-comer', 'pick'));
      await page.keyboard.press('1');
      if (whole !== 'waiting') await whole();
      else await expect.poll(open).toBe('none');
      expect(await rankedIds(page), String(whole)).toEqual(first);
      await page.keyboard.press('Control+z');
      expect(await rankedIds(page)).toEqual([b, a]);
    }
    await page.focus(control('late-comer', 'pick'));
    await page.keyboard.press('1');
    await page.keyboard.press('Control+Enter');
    expect(await page.innerText('.review .tier >> nth=0'), 'what is reviewed has it').toContain('Late Comer');
    await page.goBack();
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('step-title');
    await page.click('.bar .button:has-text("Undo")');
    expect(await rankedIds(page)).toEqual([b, a]);

    await page.click(control('late-comer', 'pick'));
    await page.click(primary);
    await org.merge(Object.fromEntries(late.map((id) => [file(id), null])));
    await page.click('.button.big');
    await page.waitForSelector('.editor .note');
    expect((await rowIds(page)).toSorted()).toEqual(before.toSorted());
    expect(await rankedIds(page)).toEqual([b, a]);
    await page.click(primary);
    await castWithout(page);
    await page.waitForSelector('.done');
    expect(said).toEqual([]);
    await close();
  });
});

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
    await page.goBack();
    await page.waitForSelector('.cards');
    expect(new URL(page.url()).pathname, 'not to the page of the sign-in').toBe(
      `/elections/${OPEN_ELECTION}/`,
    );
    await page.goto(address());
    await page.waitForSelector('.editor');
    const order = await rowIds(page);
    const [a = '', b = '', c = '', d = ''] = order;

    await page.click(control(c, 'pick'));
    await page.click(control(a, 'pick'));
    await page.click(control(b, 'pick'));
    expect(await rowIds(page), 'the list never moves').toEqual(order);
    expect(await rankedIds(page)).toEqual([c, a, b]);
    await clean('3-ranked');
    await page.click(control(a, 'pick'));
    expect(await rankedIds(page), 'tapping again takes the place away').toEqual([c, b]);
    await page.click('text=Undo');
    expect(await rankedIds(page)).toEqual([c, a, b]);
    await page.click(control(a, 'menu'));
    await clean('4-menu');
    const tops = () =>
      page.$$eval('.row', (rows) => rows.map((row) => row.getBoundingClientRect().top + scrollY));
    const before = await tops();
    await page.click('[role=menuitem]:has-text("Same place as")');
    expect(await page.innerText(`[data-row="${a}"] .numeral.shared`)).toBe('1');
    expect(await tops(), 'no row moves, so that the next press meets its candidate').toEqual(before);
    expect(await page.locator('.tier.tie [data-ranked]').count()).toBe(2);
    const [upper = '', lower = ''] = [a, c].toSorted();
    await page.click(`[data-ranked="${upper}"] [data-control=separate]`);
    expect(await page.locator('.tier.tie').count()).toBe(0);
    // The upper one of a tie leaves it upwards.
    expect(await rankedIds(page)).toEqual([upper, lower, b]);
    await page.click(`[data-ranked="${lower}"] [data-control=tie]`);
    expect(await page.locator('.tier.tie [data-ranked]').count()).toBe(2);
    await clean('5-tie');

    const last = order.at(-1) ?? '';
    await page.click(control(last, 'menu'));
    const inReach = await page.$eval('li:last-child > [role=menuitem]', (item) => {
      const { left, bottom } = item.getBoundingClientRect();
      return document.elementFromPoint(left + 9, bottom - 5) === item;
    });
    expect(inReach, 'nothing lies over the menu of the last row').toBe(true);
    await page.keyboard.press('Escape');
    await page.click(control(d, 'menu'));
    await page.click('text=Read the profile');
    await page.waitForSelector('.drawer h1');
    expect(await page.$eval('.drawer', (drawer) => drawer.scrollTop), 'read from its beginning').toBe(0);
    await clean('6-profile');
    await page.click('.drawer .button:has-text("Give the next place")');
    await page.click('.drawer .button:has-text("Back to the ballot")');
    expect(await rankedIds(page), 'the ranking is as it was, and one more').toEqual([upper, lower, b, d]);

    await page.reload();
    await page.waitForSelector('.editor');
    expect(await page.locator('.editor .note').innerText()).toContain('kept in this browser');
    expect(await page.locator('.tier.tie [data-ranked]').count()).toBe(2);

    await page.click(primary);
    await page.waitForSelector('.review');
    await page.goBack();
    await page.waitForSelector('.editor');
    await page.click(primary);
    await page.waitForSelector('.review');
    const says = await page.innerText('.sentence');
    expect(says).toMatch(/ first together, then /);
    await clean('7-review');
    await page.click('.protect summary');
    const phrase = (await page.innerText('output.phrase')).trim();
    expect(phrase.split(' ')).toHaveLength(6);
    await clean('8-passphrase');
    await page.click('.bar .button.quiet');
    await page.click(primary);
    await page.click('.protect summary');
    expect(await page.innerText('output.phrase'), 'made once a visit').toBe(phrase);
    await page.click('.button.big');
    await page.waitForSelector('.done');
    expect(await page.innerText('.keep-key output.phrase')).toBe(phrase);
    const keyFile = page.waitForEvent('download');
    await page.click('text=Save as a file');
    expect(readFileSync(await (await keyFile).path(), 'utf8')).toContain(phrase);
    await clean('9-done');
    const download = page.waitForEvent('download');
    await page.click('.receipt .button');
    expect((await download).suggestedFilename()).toBe(`receipt-${OPEN_ELECTION}.json`);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    for (const id of [a, b, c, d])
      expect(kept, 'nothing of the ballot stays in the browser').not.toContain(id);
    expect(kept).not.toContain(phrase.split(' ')[0]);

    await page.goBack();
    await page.waitForSelector('.voted');
    expect(await page.inputValue('#unlock'), 'a step back from the confirmation loses nothing').toBe(phrase);
    expect(await page.innerText('.voted .note')).toContain('gone when you leave this page');
    await page.reload();
    await page.waitForSelector('.voted');
    expect(await page.inputValue('#unlock')).toBe('');
    await clean('10-voted');
    await page.fill('#unlock', phrase.replace(/^\S+/, 'mistyyped'));
    await page.click('.voted .button');
    await page.waitForSelector('.voted .note.bad');
    expect(await page.innerText('.voted .wrong'), 'the word that no list has').toContain('mistyyped');
    expect(await page.innerText('.echo u'), 'underlined').toBe('mistyyped');
    expect(await page.innerText('.echo'), 'the others stay hidden').toBe(`mistyyped${' ••••'.repeat(5)}`);
    await expect.poll(() => focusedId(page)).toBe('unlock');
    await clean('11-wrong-passphrase');
    await page.fill('#unlock', ` ${phrase.toUpperCase()} `);
    await page.click('.voted .button');
    await page.waitForSelector('.view');
    const stored = await page.innerText('.sentence');
    expect(stored).toContain(' first together, then ');
    await clean('12-view');

    await page.click('.view .button:not(.quiet)');
    await page.click(`[data-ranked="${d}"] [data-control=up]`);
    const changed = await rankedIds(page);
    await page.goBack();
    await page.waitForSelector('.view');
    expect(await page.innerText('.sentence'), 'the ballot as it is in the box').toBe(stored);
    await page.click('.view .button:not(.quiet)');
    expect(await rankedIds(page), 'the change is still there').toEqual(changed);
    await page.click(primary);
    await page.click('.button.big');
    await page.waitForSelector('.done');
    expect(await page.innerText('.stamp h2')).toBe('Your ballot is replaced');

    await page.reload();
    await page.fill('#unlock', phrase);
    await page.click('.voted .button');
    await page.waitForSelector('.view');
    await page.click('.view > .row-of-buttons .button.quiet');
    await clean('13-withdraw');
    // A withdrawal that does not arrive is said where the focus is; the ballot stays as it was.
    await page.context().setOffline(true);
    await page.click('dialog .button.danger');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('The server cannot be reached');
    await page.context().setOffline(false);
    expect(said.splice(0)).toEqual(['Failed to load resource: net::ERR_INTERNET_DISCONNECTED']);
    await page.click('.view > .row-of-buttons .button.quiet');
    await page.click('dialog .danger');
    await page.waitForSelector('text=Your ballot is withdrawn');
    await clean('14-withdrawn');
    await page.click('.note .button');
    let clicks = 0;
    for (const target of [...order.map((id) => control(id, 'pick')), primary, '.button.big']) {
      clicks += 1;
      await page.click(target);
    }
    await page.waitForSelector('.done');
    expect(clicks, 'one a candidate, one to review, one to cast').toBeLessThanOrEqual(9);
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
    const ids = await rowIds(page);
    expect(ids).toHaveLength(6);
    // Every key from the page as it comes to the ballot that is cast; what is tried in between is not among them.
    let keys = 0;
    const press = async (key: string) => {
      keys += 1;
      await page.keyboard.press(key);
    };
    /** Past the head of the page, which is no step of voting and leads out of none. */
    const skip = async () => {
      keys += await tabTo(page, '.skip');
      await press('Enter');
      await expect.poll(() => page.url()).toMatch(/#content$/);
    };
    await skip();
    // Nor in a page that is loaded again, with that in its address.
    await page.reload();
    await page.waitForSelector('.editor');
    await page.focus('.skip');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    expect(await page.isVisible('.editor')).toBe(true);
    const keysTold = async () => ((await page.locator('#rank-keys').boundingBox())?.height ?? 0) > 12;
    expect(await keysTold(), 'not before a row has the focus').toBe(false);
    const barAt = () => page.locator(primary).evaluate((e) => e.getBoundingClientRect().top + scrollY);
    const before = await barAt();
    keys += await tabTo(page, control(ids[0] ?? '', 'pick'));
    expect(await keysTold(), 'the keys stand on the screen for whoever comes by keyboard').toBe(true);
    expect(await barAt(), 'what is pressed next does not move').toBe(before);
    // Any order, by its numbers: one key a candidate, one to the next.
    const places = [3, 1, 6, 2, 5, 4];
    for (const [i, place] of places.entries()) {
      if (i > 0) await press('ArrowDown');
      await press(String(place));
    }
    const wanted = places.map((_, i) => ids[places.indexOf(i + 1)] ?? '');
    expect(await rankedIds(page)).toEqual(wanted);
    // The last one shares the place above; then that is taken back; then she is left out, and comes back.
    const above = await page.innerText(`[data-row="${wanted[2] ?? ''}"] .who b`);
    expect(await page.innerText('#rank-keys'), 'with whom, before').toContain(`the same place as ${above}.`);
    await page.keyboard.press('=');
    expect(await page.locator('.tier.tie [data-ranked]').count()).toBe(2);
    expect(await page.locator('.editor > [role=status]').innerText(), 'with whom, after').toMatch(
      new RegExp(`: place 3, tied with ${above}\\.$`),
    );
    await page.keyboard.press('Control+z');
    expect(await rankedIds(page)).toEqual(wanted);
    await page.keyboard.press('Delete');
    expect(await rankedIds(page)).toHaveLength(5);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Alt+ArrowUp');
    expect(await page.locator('.editor > [role=status]').innerText()).toMatch(/: place 3\.$/);
    await page.keyboard.press('Alt+ArrowDown');
    expect(await rankedIds(page)).toEqual(wanted);
    expect(
      await page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row')),
      'the focus stays where it was',
    ).toBe(ids[5]);
    await press('Control+Enter');
    await page.waitForSelector('.review');
    keys += await tabTo(page, '.review .button.big');
    await press('Enter');
    expect(keys, 'eleven of them to rank six').toBeLessThanOrEqual(20);
    await page.waitForSelector('.done');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('Your ballot is cast');
    await page.focus('.skip');
    await skip();
    expect(await page.isVisible('.done .phrase'), 'the passphrase is still there').toBe(true);
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
    await firstRowIn(page, 'six, German');
    for (const [i, id] of [c, a, b].entries()) {
      await page.tap(control(id, 'pick'));
      await expect.poll(() => page.innerText(`[data-row="${id}"] .numeral`)).toBe(String(i + 1));
    }
    await clean('1-ranked');
    await page.tap(control(b, 'menu'));
    await page.tap('[role=menuitem] >> nth=0');
    const head = page.locator('.drawer h1');
    expect((await head.boundingBox())!.height, 'whose profile it is, on a phone, too').toBeGreaterThan(20);
    expect(await head.innerText()).toBe(await page.locator(`[data-row="${b}"] .who b`).innerText());
    await page.keyboard.press('Escape');
    await page.waitForSelector('.drawer', { state: 'detached' });
    const tops = await page.$$eval('.bar button', (all) => all.map((e) => e.getBoundingClientRect().top));
    expect(new Set(tops).size, 'the buttons of the bar stand in one row').toBe(1);
    await page.tap('.sheet-button');
    await expect.poll(() => rankedIds(page)).toEqual([c, a, b]);
    await page.tap(`[data-ranked="${a}"] [data-control=up]`);
    await expect.poll(async () => (await rankedIds(page)).slice(0, 2)).toEqual([a, c]);
    await page.tap(`[data-ranked="${b}"] [data-control=tie]`);
    await page.waitForSelector('.tier.tie');
    const seen = await page.evaluate(() => {
      const sheet = document.querySelector('.your-ranking')!;
      sheet.scrollTop = sheet.scrollHeight;
      const end = sheet.querySelector('.says')!.getBoundingClientRect().bottom;
      return end <= document.querySelector('.bar')!.getBoundingClientRect().top;
    });
    expect(seen, 'the end of the sheet is above the bar').toBe(true);
    await clean('2-sheet');
    await page.tap('.sheet-button');
    await page.waitForSelector('.sheet-button[aria-expanded=false]');
    await page.press('.sheet-button', 'Enter');
    await page.waitForSelector('.sheet-button[aria-expanded=true]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.sheet-button[aria-expanded=false]');
    const small = await page.$$eval('.editor button', (all) =>
      all
        .filter((e) => e.getClientRects().length > 0)
        .filter((e) => e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24)
        .map((e) => e.outerHTML),
    );
    expect(small, 'targets are at least 24 pixels').toEqual([]);
    await page.tap(primary);
    await page.waitForSelector('.review');
    await clean('3-review');
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.goBack();
    await page.waitForSelector('.row');
    // Where the review was scrolled to is no place in the ranking, which begins with the first candidate in sight.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
    );
    expect(await page.$eval('.row', (row) => row.getBoundingClientRect().top)).toBeGreaterThan(0);
    await page.tap(primary);
    await page.tap('.protect summary');
    await page.tap('text=Eine eigene wählen');
    await page.fill('#protect-own', 'kurz');
    await page.tap('.button.big');
    await expect.poll(() => page.innerText('.wrong')).toContain('Zu kurz');
    await page.fill('#protect-own', 'passwort1234');
    await page.tap('.button.big');
    await expect.poll(() => page.innerText('.wrong')).toContain('ein Passwort, das alle zuerst versuchen');
    await page.fill('#protect-own', 'aaaaaaaaaaaa');
    await page.tap('.button.big');
    await expect.poll(() => page.innerText('.wrong')).toContain('Muster');
    await expect.poll(() => focusedId(page)).toBe('protect-own');
    await page.fill('#protect-own', 'ein eigener langer Satz');
    await page.fill('#protect-again', 'ein eigener langer Satt');
    await page.tap('.button.big');
    await expect.poll(() => page.innerText('.wrong')).toContain('nicht gleich');
    await clean('5-own-passphrase');
    await page.fill('#protect-again', 'ein eigener langer Satz');
    await page.tap('.button.big');
    await page.waitForSelector('.done');
    expect(
      (await page.locator('.done .phrase').boundingBox())!.y,
      'what opens the ballot is on the first screen',
    ).toBeLessThanOrEqual(560);
    await clean('6-done');
    for (const lang of ['/de', '']) {
      await page.evaluate((l) => localStorage.setItem('lang', l), lang === '' ? 'en' : 'de');
      await page.goto(address('ballot/', lang).replace(OPEN_ELECTION, crowdKey(60)));
      await page.waitForSelector('.editor');
      await firstRowIn(page, `sixty ${lang}`);
      await page.tap('.row >> nth=0');
      await page.reload();
      await page.waitForSelector('.editor .note');
      await firstRowIn(page, `sixty, with a kept ranking ${lang}`);
      await page.tap('.row.ranked');
      await clean(`7-sixty${lang.replace('/', '-')}`);
    }
    expect(said).toEqual([]);
    await close();
  });

  it('can be changed by dragging: into a gap, onto a place that says with whom, and out', async () => {
    const { page, close } = await visit({ colorScheme: 'dark' });
    await signInAt(page, 'cato-lunde');
    const [a = '', b = '', c = ''] = await rowIds(page);
    for (const id of [a, b, c]) await page.click(control(id, 'pick'));
    const name = async (id: string) => page.innerText(`[data-row="${id}"] .who b`);
    /** Drags the handle of `id` to a part of the box of `selector`, from 0 (its top) to 1. */
    const drag = async (id: string, selector: string, part: number, meanwhile?: () => Promise<void>) => {
      const grip = page.locator(`[data-ranked="${id}"] .grip`);
      await grip.scrollIntoViewIfNeeded();
      const from = (await grip.boundingBox())!;
      await page.mouse.move(from.x + 20, from.y + 20);
      await page.mouse.down();
      await page.mouse.move(from.x + 20, from.y + 32, { steps: 3 });
      await page.waitForSelector('.dragged');
      const to = (await page.locator(selector).boundingBox())!;
      await page.mouse.move(to.x + 120, to.y + to.height * part, { steps: 4 });
      await meanwhile?.();
      await page.mouse.up();
      await page.waitForSelector('.dragged', { state: 'detached' });
    };
    await drag(c, '[data-tier="0"]', 0.1);
    await expect.poll(() => rankedIds(page)).toEqual([c, a, b]);
    await drag(b, '[data-tier="1"]', 0.5, async () => {
      await expect.poll(() => page.innerText('.share')).toBe(`Same place as ${await name(a)}`);
      await shot(page, 'ballot-dragging-1280-dark');
    });
    await expect.poll(() => page.locator('.tier.tie [data-ranked]').count()).toBe(2);
    await drag(b, '[data-tier="1"]', 0.95);
    await expect.poll(() => page.locator('.tier.tie').count()).toBe(0);
    expect(await rankedIds(page)).toEqual([c, a, b]);
    await drag(a, '[data-out]', 0.5);
    await expect.poll(() => rankedIds(page)).toEqual([c, b]);
    await close();
  });

  it('survives a lost connection: the same ballot is sent again and counts once', async () => {
    const { page, close } = await visit();
    await signInAt(page, 'farah-nasser');
    const [a = '', b = ''] = await rowIds(page);
    await page.click(control(a, 'pick'));
    await page.click(control(b, 'pick'));
    await page.click(primary);
    await page.click('.protect summary');
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

  it('whose answer is lost leaves nothing behind in the browser, and after a reload shows what opens it, once', async () => {
    const { page, close } = await visit();
    const storage = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    await signInAt(page, 'kaito-mori');
    const [a = '', b = ''] = await rowIds(page);
    await page.click(control(a, 'pick'));
    await page.click(control(b, 'pick'));
    await page.click(primary);
    await page.click('.protect summary');
    const phrase = (await page.innerText('output.phrase')).trim();
    await page.route('**/trpc/ballot.cast', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.click('.button.big');
    await page.waitForSelector('.note.bad');
    await page.reload();
    await page.waitForSelector('.voted .note.good');
    expect(await page.inputValue('#unlock')).toBe(phrase);
    expect(await page.getAttribute('#unlock', 'type')).toBe('text');
    const left = await storage();
    expect(left).not.toContain(phrase);
    expect(left).not.toContain(a);
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'ballot-lost-answer-1280-light');
    await page.click('.voted .button');
    await page.waitForSelector('.view');
    expect(await page.innerText('.view')).toContain('1');
    await page.reload();
    await page.waitForSelector('.voted');
    expect(await page.inputValue('#unlock')).toBe('');
    expect(await page.locator('.voted .note.good').count()).toBe(0);
    await close();
  });

  it('can be filled in and sealed without a connection, and survives the end of the session', async () => {
    const { page, close } = await visit();
    const storage = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    await signInAt(page, 'jonas-feld');
    const [a = '', b = '', c = ''] = await rowIds(page);
    await page.context().setOffline(true);
    await page.click(control(b, 'pick'));
    await page.click(control(a, 'pick'));
    await page.click(primary);
    await page.waitForSelector('.review');
    await page.click('.button.big');
    await page.waitForSelector('.note.bad');
    expect(await page.innerText('.note.bad h2')).toBe('The server cannot be reached');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('The server cannot be reached');
    await page.click('.note .button.quiet');
    expect(await rankedIds(page), 'nothing is lost').toEqual([b, a]);

    await page.context().setOffline(false);
    await page.reload();
    await page.waitForSelector('.editor .note');
    expect(await rankedIds(page)).toEqual([b, a]);
    // Another tab begins with it, and from there on each has its own.
    const tab = await page.context().newPage();
    await tab.goto(address());
    await tab.waitForSelector('.editor .note');
    expect(await rankedIds(tab)).toEqual([b, a]);
    await tab.click(control(b, 'pick'));
    await tab.click(control(c, 'pick'));
    expect([await rankedIds(tab), await rankedIds(page)]).toEqual([
      [a, c],
      [b, a],
    ]);
    await page.click(primary);
    await page.click('.protect summary');
    const phrase = (await page.innerText('output.phrase')).trim();
    // The session ends while the voter thinks about the passphrase.
    await page.context().clearCookies();
    // A cast that is told in this browser is that of somebody else, who signed in in between: it takes nothing away here.
    await tab.evaluate(
      (key) => new BroadcastChannel(`elekto-draft:${key}`).postMessage('cast'),
      OPEN_ELECTION,
    );
    await page.click('.button.big');
    await page.waitForSelector('.note.warn');
    expect(await page.innerText('.note.warn h2')).toBe('You are not signed in');
    expect(await page.innerText('.note.warn'), 'true of a first ballot').toContain('stays in this browser');
    expect(await page.innerText('.me'), 'nor does the head say so').not.toContain('jonas-feld');
    expect(await page.innerText('.signed-in-as'), 'nor the foot').not.toContain('jonas-feld');
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'ballot-session-over-1280-light');
    await page.click('.note a.button');
    // Told no, the provider sends the browser back with an error; the way from there leads to this ballot again.
    await page.waitForSelector('button:has-text("jonas-feld")');
    const asked = new URL(page.url()).searchParams;
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({ error: 'access_denied', state: asked.get('state') ?? '' }).toString();
    await page.goto(back.href);
    await page.click('text=Sign in again');
    await page.click('button:has-text("jonas-feld")');
    await page.waitForSelector('.editor .note');
    expect(await rankedIds(page), 'kept over signing in again, as this tab had it').toEqual([b, a]);
    expect(await storage()).toContain(a);
    await page.click(primary);
    await page.click('.protect summary');
    expect(await page.innerText('output.phrase'), 'the same passphrase').toBe(phrase);
    await page.click('.button.big');
    await page.waitForSelector('.done');
    await tab.waitForSelector('.voted .note');
    expect(await tab.innerText('.voted .note')).toContain('in another tab of this browser');
    expect(
      await tab.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])),
      'nothing stays in the other tab',
    ).not.toMatch(new RegExp(`${a}|${c}|passphrase`));
    await tab.close();

    const traces = () =>
      page.evaluate(async () =>
        JSON.stringify([
          { ...localStorage },
          { ...sessionStorage },
          await indexedDB.databases(),
          await caches.keys(),
          history.state as unknown,
          location.href,
          [...document.querySelectorAll('input, select, .sentence, .row, .paper')]
            .filter((e) => !e.closest('.keep-key'))
            .map((e) => e.outerHTML),
          [...document.querySelectorAll('.done > :not(.keep-key), .voted')].map((e) => e.textContent),
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
    expect(await page.locator('.phrase').count(), 'the passphrase is gone with the page').toBe(0);
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
    await first.page.click(control(a, 'pick'));
    const kept = () => first.page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(await kept()).toContain(a);
    await signInAt(second.page, 'quinn-abara');
    await second.page.click(control(b, 'pick'));
    await second.page.click(control(a, 'pick'));
    await second.page.click(primary);
    await castWithout(second.page);
    await second.page.waitForSelector('.done');
    await first.page.click(control(b, 'pick'));
    await first.page.click(primary);
    await castWithout(first.page);
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
    expect(await page.isDisabled('.button.big')).toBe(true);
    await shot(page, 'ballot-no-effect-1280-light');
    await page.check('.note.warn input');
    expect(await page.isDisabled('.button.big')).toBe(false);
    await page.click('.bar .button.quiet');
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'fits 320 pixels').toBe(320);
    await shot(page, 'ballot-320-light');
    const [a = ''] = await rowIds(page);
    await page.click(control(a, 'pick'));
    await page.click(primary);
    expect(await page.innerText('.note.warn')).toContain('compared with nobody');
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
    await page.waitForSelector('text=You have asked for an exception');
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
    await expect.poll(() => page.innerText('.me a')).toBe('Sign in');
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

describe('voting that is started anew', () => {
  it('tells whoever had voted that their ballot is void, and takes another one', async () => {
    const { page, said, close } = await visit();
    await signInAt(page, 'rui-tavares');
    const castTwo = async () => {
      for (const id of (await rowIds(page)).slice(0, 2)) await page.click(control(id, 'pick'));
      await page.click(primary);
      await castWithout(page);
      await page.waitForSelector('.done');
    };
    await castTwo();
    for (const [login, procedure] of [
      ['edda-lind', 'askRestart'],
      ['rui-tavares', 'confirmRestart'],
    ] as const) {
      const officer = await visit();
      await signInAt(officer.page, login);
      const status = await officer.page.evaluate(
        async ([path, key]) => {
          const headers = { 'content-type': 'application/json', 'x-elekto': '1' };
          return (await fetch(path, { method: 'POST', headers, body: JSON.stringify({ key }) })).status;
        },
        [`/trpc/officer.${procedure}`, OPEN_ELECTION] as const,
      );
      expect(status, procedure).toBe(200);
      await officer.close();
    }
    await page.goto(address());
    await page.waitForSelector('.editor');
    expect(await page.innerText('.editor')).toContain('Your earlier ballot is void');
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'ballot-void-1280-light');
    await castTwo();
    expect(said).toEqual([]);
    await close();
  });
});

describe('an election whose key officers hold', () => {
  beforeAll(officersReady);

  it('says who holds it, and a ballot is cast, looked at, changed and withdrawn by a passphrase that is always made', async () => {
    const { page, said, close } = await visit();
    await page.goto(`${org.url}/elections/${OFFICERS_ELECTION}/`);
    expect(await page.innerText('[data-custody]')).toContain('3 officers; any 2 together');
    await look(page, '0-election');
    await signInAt(page, 'jonas-feld', sealed());
    const [a = '', b = '', c = ''] = await rowIds(page);
    await page.click(control(b, 'pick'));
    await page.click(control(a, 'pick'));
    await look(page, '1-rank', false);
    await page.click(primary);
    expect(await page.innerText('.custody')).toContain('3 election officers: any 2 of them together');
    await page.click('.protect summary');
    expect(
      await page
        .locator('.protect input[type=radio]')
        .evaluateAll((all) => all.map((e) => (e as HTMLInputElement).value)),
    ).toEqual(['made', 'none']);
    const phrase = (await page.innerText('output.phrase')).trim();
    expect(phrase.split(' ')).toHaveLength(7);
    await look(page, '2-review');
    await page.click('.button.big');
    await page.waitForSelector('.done');
    expect(await page.innerText('.keep-key'), 'no passphrase finds a counted ballot').not.toContain(
      'after the count',
    );
    expect(await page.innerText('.receipt')).toContain('this receipt alone tells');
    await look(page, '3-done');
    replacedReceipt = readFileSync(await saveReceipt(page));
    const open = async () => {
      await page.goto(sealed());
      await page.fill('#unlock', phrase);
      await page.click('.voted .button');
      await page.waitForSelector('.view');
    };
    await page.goto(sealed());
    await page.waitForSelector('.voted');
    await look(page, '4-voted', false);
    await open();
    await look(page, '5-view', false);
    await page.click('.view .button:not(.quiet)');
    await page.click(control(c, 'pick'));
    await page.click(primary);
    await look(page, '6-review-change');
    await page.click('.button.big');
    await page.waitForSelector('.done');
    expect(await page.innerText('.stamp h2')).toBe('Your ballot is replaced');
    await open();
    expect(await page.innerText('.sentence')).toMatch(/ first.* then /);
    await page.click('.view > .row-of-buttons .button.quiet');
    await look(page, '7-withdraw', false);
    await page.click('dialog .danger');
    await page.waitForSelector('text=Your ballot is withdrawn');
    await page.click('.note .button');
    await castSealed(page, [c, a]);
    expect(said).toEqual([]);
    voter = { page, close };
  });
});

describe('after the close', () => {
  it('no ballot is taken, and a voter finds theirs among the published ones', async () => {
    const { page, close } = await visit();
    await signInAt(page, 'edda-lind');
    const [a = '', b = '', c = '', d = ''] = await rowIds(page);
    // One first, two tied after, one more; two not ranked.
    for (const id of [c, a, d, b]) await page.click(control(id, 'pick'));
    await page.click(`[data-ranked="${d}"] [data-control=tie]`);
    const says = await page.innerText('.sentence');
    await page.click(primary);
    await page.click('.protect summary');
    const phrase = (await page.innerText('output.phrase')).trim();
    await page.click('.button.big');
    await page.waitForSelector('.done');
    const receipt = await saveReceipt(page);

    await org.closeAndPublish(AFTER_CLOSE, page);
    await page.goto(address());
    await page.waitForSelector('[data-stand-kind=over-counted]');
    await shot(page, 'ballot-closed-1280-light');
    // In another browser the candidates stand in another order.
    await page.evaluate(() => localStorage.setItem('seed', 'of another browser'));
    await page.click('text=Find my ballot >> nth=-1');
    await page.waitForSelector('#phrase');
    await page.fill('#phrase', phrase.replace(/\S+$/, 'mistyyped'));
    await page.click('#island form .button >> nth=0');
    await expect.poll(() => page.innerText('.echo u')).toBe('mistyyped');
    await page.click('#island form .link');
    expect(await page.innerText('.echo'), 'shown').toContain(phrase.split(' ')[0]);
    expect(await axeProblems(page)).toEqual([]);
    await page.fill('#phrase', phrase);
    await page.click('#island form .button >> nth=0');
    await page.waitForSelector('.note.good');
    expect(await page.innerText('.note.good'), 'the sentence that the voter cast').toContain(says);
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'find-found-1280-light');
    await page.fill('#tracker', '00'.repeat(16));
    await page.click('#island form .button >> nth=1');
    await page.waitForSelector('.note.warn');
    await page.goto(`${org.url}/verify/?election=${OPEN_ELECTION}`);
    await page.setInputFiles('#file-receipt', receipt);
    await page.click('form button[type=submit]');
    await page.waitForSelector('.checks');
    expect(await page.innerText('.checks')).toContain('The ballot of this receipt was counted.');
    expect(await axeProblems(page)).toEqual([]);
    expect(await page.locator('.checks .wrong').count()).toBe(0);
    expect(await page.locator('.checks .ok').count()).toBeGreaterThan(6);
    await shot(page, 'verify-signed-1280-light');
    await page.goto(address('results/'));
    await shot(page, 'results-just-published-1280-light');
    await close();
  });
});

describe('after the close, where officers hold the key', () => {
  it('after the end tells by the receipt that the ballot is in the box', async () => {
    if (!voter) {
      await officersReady();
      voter = await visit();
      await signInAt(voter.page, 'jonas-feld', sealed());
      await castSealed(voter.page, await rowIds(voter.page));
    }
    const { page, close } = voter;
    await org.later(AFTER_CLOSE);
    await page.goto(sealed());
    await page.waitForSelector('[data-stand-kind=over-boxed]');
    await look(page, '8-over');
    // The pages follow the close.
    await page.waitForFunction(
      async (key) => {
        const { elections } = (await (await fetch('/elections.json')).json()) as {
          elections: { key: string; status: string }[];
        };
        return elections.some((each) => each.key === key && each.status === 'ended');
      },
      OFFICERS_ELECTION,
      { polling: 500 },
    );
    await page.click('text=Look up my receipt');
    await page.waitForSelector('#receipt');
    await page.setInputFiles('#receipt', sealedReceipt);
    await look(page, '9-find');
    await page.click('#island form .button');
    await page.waitForSelector('.note.good');
    expect(await page.innerText('.note.good')).toContain('Your sealed ballot is in the box');
    expect(await page.innerText('.note.good')).toContain('does not name a box yet');
    await look(page, '10-in-box');
    await close();
  });

  it('tells by a receipt whose ballot is gone what its voter signed, or that the server dropped it, or does not say', async () => {
    const { page, close } = await visit();
    await page.goto(`${org.url}/find-my-ballot/?election=${OFFICERS_ELECTION}`);
    const shown = async (picture: string): Promise<string> => {
      const file = { name: 'receipt.json', mimeType: 'application/json', buffer: replacedReceipt };
      await page.setInputFiles('#receipt', file);
      await page.click('#island form .button');
      await page.waitForSelector('#island .note');
      await look(page, picture);
      return page.innerText('#island .note');
    };
    // It was replaced by one that was withdrawn.
    expect(await shown('11-replaced')).toContain(
      'its voter put another one in its place and signed for that',
    );
    expect(await page.locator('.note.warn').count()).toBe(1);
    const released = '**/trpc/ballot.release*';
    await page.route(released, (route) => route.abort());
    expect(await shown('12-unanswered')).toContain('Ask the server that held the election');
    expect(await page.locator('.note.warn').count()).toBe(1);
    await page.unroute(released);
    await page.route(released, (route) => route.fulfill({ json: { result: { data: { shown: null } } } }));
    expect(await shown('13-dropped')).toContain('the server dropped it');
    expect(await page.locator('.note.bad').count()).toBe(1);
    await close();
  });
});
