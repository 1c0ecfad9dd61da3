/**
 * `npm run pictures`: the screens that a reviewer should see, from the real server with the real site: 6, 24 and 60
 * candidates, 360 and 1280 wide, light and dark, some in German. Left in `artifacts/pictures`, with an index to look through.
 * A pattern after `--` takes only those whose name it fits: `npm run pictures -- 'done|exception'`.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '@elekto/testing';
import type { Page } from 'playwright-core';
import { addCrowd, crowdKey } from './crowd.ts';
import { OPEN_ELECTION, startDriftwood } from './driftwood.ts';
import { DESK, PHONE } from './shots.ts';

const FOLDER = join(import.meta.dirname, '../../artifacts/pictures');
const VOTERS = ['adaeze-obi', 'anneke-vos', 'bram-de-wit', 'cato-lunde'];
const GERMAN_VOTERS = ['farah-nasser', 'goran-ilic'];
const only = new RegExp(process.argv[2] ?? '');
const taken: string[] = [];

const wanted = (name: string) => only.test(name);

/** What lies over the page is shown on the screen as it is, everything else to its end. */
const OVER_THE_PAGE = /-(sheet|menu|profile)-/;

async function one(page: Page, name: string): Promise<void> {
  if (!wanted(name)) return;
  const file = `${name}.png`;
  await page.screenshot({ path: join(FOLDER, file), fullPage: !OVER_THE_PAGE.test(name) });
  taken.push(file);
}

/** One screen in every look. */
async function take(page: Page, name: string): Promise<void> {
  if (!wanted(name)) return;
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await one(page, `${name}-${size.width}-${colorScheme}`);
    }
  }
  await page.setViewportSize(DESK);
}

/** A finished election of the example, counted in rounds. */
function addRounds(meta: string): void {
  const [from, to] = ['term-3', 'rounds'].map((name) => join(meta, 'elections/steering', name)) as [
    string,
    string,
  ];
  cpSync(from, to, { recursive: true });
  rmSync(join(to, 'results.md'));
  const yaml = join(to, 'election.yaml');
  const own = readFileSync(yaml, 'utf8')
    .replace(/^(body|term): .*\n/gm, '')
    .replace(/^name: .*/m, 'name: Two seats, counted in rounds');
  writeFileSync(yaml, `${own}method: scottish-stv\n`);
}

const primary = '.bar .button:not(.quiet)';

async function signIn(page: Page, url: string, login: string): Promise<void> {
  await page.goto(url);
  await page.click('.sign-in-first .button');
  await page.click(`button:has-text("${login}")`);
  await page.waitForSelector('.editor');
}

/** From the empty ballot to the ballot that was cast. `few`: also what is the same however many candidates there are. */
async function ballot(page: Page, url: string, name: string, few: boolean, login: string): Promise<void> {
  await page.goto(url);
  await page.waitForSelector('.sign-in-first');
  if (few) await take(page, `${name}-0-signed-out`);
  await signIn(page, url, login);
  await take(page, `${name}-1-empty`);
  const ids = await page.$$eval('.row', (rows) =>
    rows.map((row) => (row as HTMLElement).dataset['row'] ?? ''),
  );
  const pick = (i: number) => page.click(`[data-row="${ids[i] ?? ''}"] [data-control=pick]`);
  for (const i of [2, 0, 3, 1]) await pick(i);
  await page.click(`[data-ranked="${ids[0] ?? ''}"] [data-control=tie]`);
  await take(page, `${name}-2-ranked`);
  await page.setViewportSize(PHONE);
  await page.click('.sheet-button');
  await take(page, `${name}-3-sheet`);
  await page.setViewportSize(PHONE);
  await page.click('.sheet-button');
  await page.setViewportSize(DESK);
  if (few) {
    await page.click(`[data-row="${ids[1] ?? ''}"] [data-control=menu]`);
    await take(page, `${name}-4-menu`);
    await page.click('[role=menuitem] >> nth=0');
    await page.waitForSelector('.drawer h1');
    await take(page, `${name}-5-profile`);
    await page.keyboard.press('Escape');
  } else {
    await page.fill('#search', 'lind');
    await take(page, `${name}-4-search`);
    await page.fill('#search', '');
  }
  await page.click(primary);
  await page.waitForSelector('.review');
  await page.click('.protect summary');
  await take(page, `${name}-6-review`);
  const phrase = (await page.innerText('output.phrase')).trim();
  await page.click('.review .button.big');
  await page.waitForSelector('.done');
  await take(page, `${name}-7-done`);
  if (!few) return;
  await page.reload();
  await page.fill('#unlock', phrase.replace(/^\S+/, 'mistyyped'));
  await page.click('.voted .button');
  await page.waitForSelector('.voted .wrong');
  await take(page, `${name}-8-wrong`);
  await page.fill('#unlock', phrase);
  await page.click('.voted .button');
  await page.waitForSelector('.view');
  await take(page, `${name}-9-view`);
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const counts = [24, 60];
const org = await startDriftwood([...VOTERS, ...GERMAN_VOTERS, 'passer-by'], {}, async (meta) => {
  addRounds(meta);
  for (const count of counts) await addCrowd(meta, count);
});
const browser = await launchChromium({ draws: true });
try {
  const open = async (locale = 'en-GB') =>
    (await browser.newContext({ locale, viewport: DESK, reducedMotion: 'reduce' })).newPage();
  const at = (key: string, rest: string, lang = '') => `${org.url}${lang}/elections/${key}/${rest}`;

  const reader = await open();
  for (const [name, path] of [
    ['home', '/'],
    ['result', '/elections/steering---term-3/results/'],
    ['body', '/bodies/steering-committee/'],
    ['find', '/find-my-ballot/'],
    ['compare-6', `/elections/${OPEN_ELECTION}/compare/`],
    ['compare-4-of-6', `/elections/${OPEN_ELECTION}/compare/`],
    ['result-rounds', '/elections/steering---rounds/results/'],
    ['candidate', `/elections/${OPEN_ELECTION}/candidates/ursa-kovac/`],
    ['election-6', `/elections/${OPEN_ELECTION}/`],
    ...counts.map((count) => [`election-${count}`, `/elections/${crowdKey(count)}/`] as const),
  ] as const) {
    await reader.goto(org.url + path);
    const ticked = name === 'compare-6' ? [0, 1, 2] : name === 'compare-4-of-6' ? [0, 1, 2, 3] : [];
    for (const i of ticked) await reader.click(`.ticks label >> nth=${i}`);
    if (name === 'result-rounds') await take(reader, `${name}-1`);
    if (name === 'result-rounds') await reader.click('.round-turn:visible');
    await take(reader, name === 'result-rounds' ? `${name}-2` : name);
  }
  await reader.goto(`${org.url}/elections/steering---term-3/results/`);
  await reader.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  await one(reader, 'result-forced-colours');
  await reader.emulateMedia({ forcedColors: 'none', media: 'print' });
  await one(reader, 'result-print');
  const six = await open();
  await ballot(six, at(OPEN_ELECTION, 'ballot/'), 'ballot-6', true, VOTERS[0] ?? '');
  await six.goto(at(OPEN_ELECTION, ''));
  await six.waitForSelector('.stand[data-kind]');
  await take(six, 'stand-voted');
  const german = await open('de-DE');
  await ballot(german, at(OPEN_ELECTION, 'ballot/', '/de'), 'ballot-6-de', true, VOTERS[1] ?? '');
  for (const [i, count] of counts.entries()) {
    await ballot(await open(), at(crowdKey(count), 'ballot/'), `ballot-${count}`, false, VOTERS[2 + i] ?? '');
    const reading = await open('de-DE');
    const paper = at(crowdKey(count), 'ballot/', '/de');
    await ballot(reading, paper, `ballot-${count}-de`, false, GERMAN_VOTERS[i] ?? '');
    await reading.goto(at(crowdKey(count), '', '/de'));
    await take(reading, `election-${count}-de`);
  }
  const outsider = await open();
  await outsider.goto(at(OPEN_ELECTION, 'ballot/'));
  await outsider.click('.sign-in-first .button');
  await outsider.click('button:has-text("passer-by")');
  await outsider.waitForSelector('[data-stand-kind]');
  await take(outsider, 'stand-not-on-the-roll-ballot');
  await outsider.goto(at(OPEN_ELECTION, 'exception/'));
  await outsider.waitForSelector('#ask-name');
  await take(outsider, 'exception-1-form');
  await outsider.click('#island form .button');
  await take(outsider, 'exception-2-missing');
  await outsider.fill('#ask-name', 'Pat Passer');
  await outsider.fill('#ask-email', 'pat@example.org');
  await outsider.fill('#ask-reason', 'I ran the station in the harbour for a year.');
  await outsider.click('#island form .button');
  await outsider.waitForSelector('text=Your request is with the officers');
  await take(outsider, 'exception-3-sent');
  await outsider.goto(at(OPEN_ELECTION, 'exception/'));
  await outsider.waitForSelector('text=You have asked for an exception');
  await take(outsider, 'exception-4-asked');
  await outsider.goto(at(OPEN_ELECTION, ''));
  await outsider.waitForSelector('.stand[data-kind]');
  await take(outsider, 'stand-not-on-the-roll');
} finally {
  await browser.close();
  await org.stop();
}
const figure = (file: string) =>
  `<figure><a href="${file}"><img src="${file}" alt="" loading="lazy"></a><figcaption>${file}</figcaption></figure>`;
writeFileSync(
  join(FOLDER, 'index.html'),
  `<!doctype html><meta charset="utf-8"><title>Pictures</title><style>body{display:flex;flex-wrap:wrap;gap:12px;font:13px sans-serif;background:#888}figure{margin:0;width:300px}img{width:100%;max-height:640px;object-fit:cover;object-position:top}</style>${taken.map(figure).join('\n')}\n`,
);
console.log(`${taken.length} pictures in artifacts/pictures; look through index.html there.`);
