import { axeProblems, launchChromium } from '@elekto/testing';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AFTER_CLOSE, OPEN_ELECTION, startDriftwood } from './driftwood.ts';
import type { Driftwood } from './driftwood.ts';
import { PHONE, shot } from './shots.ts';
import { visit } from './visit.ts';

const ROLL = fileURLToPath(
  new URL('../../examples/driftwood/elections/steering/term-4/voters.yaml', import.meta.url),
);

let org: Driftwood;
let browser: Browser;
beforeAll(async () => {
  org = await startDriftwood([
    'passer-by',
    'just-looking',
    'edda-lind',
    'farah-nasser',
    'goran-ilic',
    'jonas-feld',
    'bram-de-wit',
  ]);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await org?.stop();
});

const address = (rest = '', lang = '') => `${org.url}${lang}/elections/${OPEN_ELECTION}/${rest}`;

async function signIn(page: Page, login: string, url = address()): Promise<void> {
  await page.goto(`${org.url}/auth/sign-in?next=${encodeURIComponent(new URL(url).pathname)}`);
  await page.click(`button:has-text("${login}")`);
  await page.waitForURL(url);
}

/** What the page of the election says of where the person stands, and its one next step. */
async function standing(page: Page, url = address()): Promise<[string | undefined, string | null]> {
  await page.goto(url);
  const place = page.locator('.stand[data-kind]');
  await place.waitFor();
  const next = place.locator('.button');
  const step = (await next.count()) === 0 ? null : await next.innerText();
  return [(await place.getAttribute('data-kind')) ?? undefined, step];
}

/** Everything on the page that leads to the ballot or to signing in, and can be seen. */
const waysToVote = (page: Page) =>
  page.$$eval('main a, .me a', (all) =>
    all
      .filter((a) => a.checkVisibility({ visibilityProperty: true }))
      .map((a) => a.getAttribute('href') ?? '')
      .filter((href) => /\/ballot\/$|\/auth\/github/.test(href)),
  );

/** A call of the person signed in on `page`. */
async function call(page: Page, procedure: string, input: object): Promise<{ id: string; version: number }> {
  return page.evaluate(
    async ([path, body]) => {
      const headers = { 'content-type': 'application/json', 'x-elekto': '1' };
      const answer = await fetch(path, { method: 'POST', headers, body });
      return ((await answer.json()) as { result: { data: { id: string; version: number } } }).result.data;
    },
    [`/trpc/${procedure}`, JSON.stringify(input)] as const,
  );
}

/** Ranks everybody by their ids, so that no seat is tied; the passphrase, null for a ballot without one. */
async function castAll(page: Page, keep = true): Promise<string | null> {
  await page.goto(address('ballot/'));
  await page.waitForSelector('.editor');
  const ids = await page.$$eval('.row', (rows) =>
    rows.map((row) => (row as HTMLElement).dataset['row'] ?? ''),
  );
  for (const id of ids.toSorted()) await page.click(`[data-row="${id}"] [data-control=pick]`);
  await page.click('.bar .button:not(.quiet)');
  await page.click('.protect summary');
  const phrase = (await page.innerText('output.phrase')).trim();
  if (!keep) await page.click('text=No passphrase');
  await page.click('.button.big');
  await page.waitForSelector('.done');
  return keep ? phrase : null;
}

describe('whoever is not signed in', () => {
  it('reads the page without a script for them, and may go to the ballot', async () => {
    const { page, said, close } = await visit(browser);
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url());
    });
    await page.goto(address(), { waitUntil: 'networkidle' });
    expect(scripts).toEqual([]);
    expect(await page.isVisible('.stand')).toBe(false);
    expect(await page.isVisible('[data-unless-stand] .button')).toBe(true);
    expect(said).toEqual([]);
    await close();
  });

  it('is told on every page, also without JavaScript, what is so and what to do', async () => {
    const { page, close } = await visit(browser, { javaScriptEnabled: false });
    await page.goto(address());
    expect(await page.isVisible('text=Go to the ballot')).toBe(true);
    for (const rest of ['ballot/', 'exception/']) {
      await page.goto(address(rest));
      expect(await page.isVisible('.loading'), rest).toBe(false);
      expect(await page.innerText('main'), rest).toMatch(/needs? (?:it|JavaScript)/);
      expect(await page.innerText('main'), rest).not.toContain('…');
    }
    await page.goto(`${org.url}/find-my-ballot/`);
    expect(await page.innerText('main')).not.toContain('…');
    await close();
  });
});

describe('whoever is not on the roll', () => {
  it('asks, is asked for more, answers, is approved, and votes once their line is there', async () => {
    const { page, said, close } = await visit(browser);
    const clean = async (name: string) => {
      expect(await axeProblems(page), name).toEqual([]);
      await shot(page, `stand-${name}-1280-light`);
    };
    const officer = await visit(browser);
    await signIn(officer.page, 'edda-lind');
    const decide = async (request: { id: string; version: number }, status: string, note: string) =>
      call(officer.page, 'officer.decide', { key: OPEN_ELECTION, ...request, status, note });
    const never = async () => expect(await waysToVote(page)).toEqual([]);

    await signIn(page, 'passer-by');
    expect(await standing(page)).toEqual(['may-ask', 'Ask for an exception']);
    await never();
    await clean('1-may-ask');
    expect(await standing(page, address('candidates/ines-carvalho/'))).toEqual([
      'may-ask',
      'Ask for an exception',
    ]);
    await never();
    await clean('1-candidate');
    await page.goto(address('ballot/'));
    await page.waitForSelector('[data-stand-kind=may-ask]');
    await never();
    await clean('2-ballot-page');
    await page.goto(org.url);
    await page.waitForSelector('[data-state=not]');
    await never();

    // Not for a moment: the page is painted before anybody has answered who this is.
    await page.route('**/trpc/me.get*', () => undefined);
    await page.goto(address());
    await never();
    await page.goto(org.url);
    await never();
    await page.unroute('**/trpc/me.get*');

    await page.goto(address());
    await page.click('.stand .button');
    await page.fill('#ask-name', 'Pat Passer');
    await page.fill('#ask-email', 'pat@example.org');
    await page.fill('#ask-reason', 'I ran the station at the pier.');
    await page.click('form button[type=submit]');
    await page.waitForSelector('.note.good');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('Your request is with the officers');
    await clean('3-sent');
    expect(await standing(page)).toEqual(['asked', 'See your request']);
    await never();
    const [request] = await officer.page.evaluate(async (key) => {
      const input = encodeURIComponent(JSON.stringify({ key }));
      const answer = await fetch(`/trpc/officer.exceptions?input=${input}`);
      return ((await answer.json()) as { result: { data: { id: string; version: number }[] } }).result.data;
    }, OPEN_ELECTION);
    const { id = '', version = 0 } = request ?? {};
    await decide({ id, version }, 'more-information', 'Which weeks?');
    expect(await standing(page)).toEqual(['more-asked', 'Read and answer']);
    await never();
    await clean('4-more-asked');
    await page.click('.stand .button');
    await page.waitForSelector('#reply');
    expect(await page.innerText('.timeline')).toContain('Which weeks?');
    await page.click('form button[type=submit]');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.id), { message: 'an empty answer' })
      .toBe('reply');
    await page.fill('#reply', 'All of May.');
    await clean('5-reply');
    await page.reload();
    await page.waitForSelector('#reply');
    await expect
      .poll(() => page.inputValue('#reply'), { message: 'what was written stays' })
      .toBe('All of May.');
    await page.click('form button[type=submit]');
    await page.waitForSelector('text=Your answer is with the officers');
    await page.waitForFunction(() => document.querySelector('#reply') === null);
    expect(await page.innerText('.timeline')).toContain('All of May.');
    await clean('6-answered');

    await decide({ id, version: version + 2 }, 'approved', '');
    expect(await standing(page)).toEqual(['approved', 'See your request']);
    await never();
    await clean('7-approved');
    await page.goto(address('exception/'));
    await page.waitForSelector('[data-stand-kind=approved]');
    await page.goto(address('ballot/'));
    await page.waitForSelector('[data-stand-kind=approved]');
    await never();

    await org.merge({ 'voters.yaml': `${readFileSync(ROLL, 'utf8').trimEnd()}\n  - passer-by\n` });
    expect(await standing(page)).toEqual(['may-vote', 'Go to the ballot']);
    await clean('8-may-vote');
    await page.goto(address('exception/'));
    await page.waitForSelector('[data-stand-kind=may-vote]');
    await castAll(page);
    expect(await standing(page)).toEqual(['voted', 'Your ballot']);
    await clean('9-voted');
    expect(said).toEqual([]);
    await officer.close();
    await close();
  });

  it('reads the same in German on a dark phone', async () => {
    const { page, close } = await visit(browser, { viewport: PHONE, colorScheme: 'dark', locale: 'de-DE' });
    await signIn(page, 'bram-de-wit', address('', '/de'));
    expect(await standing(page, address('', '/de'))).toEqual(['may-vote', 'Zum Stimmzettel']);
    expect(await axeProblems(page)).toEqual([]);
    await shot(page, 'stand-may-vote-360-dark');
    await close();
  });
});

describe('after the close', () => {
  it('each search with a passphrase is answered by what is so', async () => {
    const people = ['farah-nasser', 'goran-ilic', 'jonas-feld', 'bram-de-wit'] as const;
    const [kept, withdrawn, without, silent] = await Promise.all(
      people.map(async (login) => {
        const person = await visit(browser);
        await signIn(person.page, login);
        return person;
      }),
    );
    if (!kept || !withdrawn || !without || !silent) throw new Error('unreachable');
    const phrase = (await castAll(kept.page)) ?? '';
    expect(await kept.page.innerText('.keep-key'), 'told at casting').toContain(
      'at least until Monday, 22 June 2026',
    );
    await shot(kept.page, 'stand-told-at-casting-1280-light');
    const taken = (await castAll(withdrawn.page)) ?? '';
    await withdrawn.page.goto(address('ballot/'));
    await withdrawn.page.fill('#unlock', taken);
    await withdrawn.page.click('.voted .button');
    await withdrawn.page.click('.view > .row-of-buttons .button.quiet');
    await withdrawn.page.click('dialog .danger');
    await withdrawn.page.waitForSelector('text=Your ballot is withdrawn');
    await castAll(without.page, false);

    const officer = await visit(browser);
    await signIn(officer.page, 'edda-lind');
    await org.closeAndPublish(AFTER_CLOSE, officer.page);
    await org.later(AFTER_CLOSE);
    const search = async (page: Page, words: string) => {
      await page.goto(`${org.url}/find-my-ballot/?election=${OPEN_ELECTION}`);
      await page.fill('#phrase', words);
      await page.click('#island form .button >> nth=0');
      await page.waitForSelector('#island .note');
      return page.innerText('#island .note');
    };
    expect(await search(silent.page, phrase), 'not voted').toContain('none was cast, or it was withdrawn');
    expect(await search(withdrawn.page, taken), 'withdrawn').toContain('none was cast, or it was withdrawn');
    expect(await search(without.page, phrase), 'without a passphrase').toContain(
      'cast without a passphrase opens with none',
    );
    expect(await search(kept.page, 'all wrong words'), 'wrong').toContain('The passphrase is not right');
    await expect.poll(() => kept.page.evaluate(() => document.activeElement?.id)).toBe('phrase');
    expect(await search(kept.page, phrase)).toContain('Your ballot was counted. It says:');
    // The button that fetches the tool is gone with it: what can be filled in first has the focus, and is in sight.
    await kept.page.goto(`${org.url}/find-my-ballot/`);
    await kept.page.click('[data-load]');
    await expect.poll(() => kept.page.evaluate(() => document.activeElement?.id)).toBe('which');
    await kept.page.goto(address(''));

    expect(await standing(silent.page)).toEqual(['over-not-voted', 'To the result']);
    expect(await standing(kept.page)).toEqual(['over-counted', 'Find my ballot']);
    expect(await kept.page.innerText('.stand')).toContain('until Tuesday, 23 June 2026, 00:00 UTC');
    expect(await axeProblems(kept.page)).toEqual([]);
    await shot(kept.page, 'stand-counted-1280-light');
    const result = address('results/');
    expect(await standing(kept.page, result)).toEqual(['over-counted', 'Find my ballot']);
    expect(await axeProblems(kept.page)).toEqual([]);
    await shot(kept.page, 'stand-result-1280-light');
    expect(await standing(silent.page, result), 'no way to the page itself').toEqual([
      'over-not-voted',
      null,
    ]);
    const other = await visit(browser);
    await signIn(other.page, 'just-looking', result);
    await other.page.waitForLoadState('networkidle');
    expect(await other.page.isVisible('.stand'), 'who was not on the roll reads nothing of it').toBe(false);
    await other.close();
    const anonymous = await visit(browser);
    for (const rest of ['', 'results/']) {
      await anonymous.page.goto(address(rest));
      expect(await anonymous.page.innerText('main'), rest).toContain(
        'until Tuesday, 23 June 2026, 00:00 UTC',
      );
    }
    await anonymous.close();

    await org.later('2026-06-23T00:00:06Z');
    const again = await visit(browser);
    await signIn(again.page, 'farah-nasser');
    expect(await search(again.page, phrase)).toContain('is destroyed');
    expect(await standing(again.page)).toEqual(['over-destroyed', 'To the result']);
    for (const each of [kept, withdrawn, without, silent, officer, again]) await each.close();
  });
});
