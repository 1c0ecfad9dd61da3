/**
 * `npm run bench:verify-page -- FOLDER`: how long /verify/ of the built site takes in Chromium for a count that `npm run bench:verify`
 * keeps in a folder, and how often its bar moves. Ends with an error where the page says that something is false.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '@elekto/testing';
import { serveSite } from '../static-server.ts';
import { buildExample } from './built-site.ts';

const LOOK_MS = 100;
const folder = process.argv[2];
if (folder === undefined)
  throw new Error('Which folder? "npm run bench:verify -- 20000 3 2 FOLDER" makes one.');
const site = await buildExample();
const server = await serveSite(site.dir);
const browser = await launchChromium({ draws: true });
try {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/verify/?election=steering---term-3`);
  await page.click('details.why summary');
  await page.setInputFiles('#file-ballots', join(folder, 'ballots.csv'));
  await page.setInputFiles('#file-results', join(folder, 'results.json'));
  const board = readdirSync(join(folder, 'board')).map((name) => join(folder, 'board', name));
  await page.setInputFiles('#file-board', [...board, join(folder, 'custody.json')]);
  const began = performance.now();
  await page.click('form button[type=submit]');
  const outcome = page.locator('.note.good, .note.bad');
  const moves: number[] = [];
  let last = '';
  while ((await outcome.count()) === 0) {
    const [value = last] = await page
      .locator('progress')
      .evaluateAll((bars) => bars.map((bar) => `${(bar as HTMLProgressElement).value}`));
    if (value !== last) moves.push((performance.now() - began) / 1000);
    last = value;
    await page.waitForTimeout(LOOK_MS);
  }
  const whole = (performance.now() - began) / 1000;
  for (const line of await outcome.locator('.checks li').allInnerTexts()) process.stdout.write(`${line}\n`);
  if ((await page.locator('.note.good').count()) === 0) throw new Error(await outcome.innerText());
  // Where the bar rested longest: a wait of which nobody knows whether it ends.
  const places = [...moves, whole];
  const rests = places.map((at, i) => ({ from: places[i - 1] ?? 0, length: at - (places[i - 1] ?? 0) }));
  const longest = rests.toSorted((one, other) => other.length - one.length)[0];
  process.stdout.write(
    `${whole.toFixed(1)} s in Chromium ${browser.version()}; the bar was seen to move ${moves.length} times, ` +
      `and rested ${longest?.length.toFixed(1)} s at most, from ${longest?.from.toFixed(1)} s on\n`,
  );
} finally {
  await browser.close();
  await server.close();
  site.remove();
}
