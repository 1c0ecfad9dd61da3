/**
 * `npm run bench:ballot`: how long the ballot of 60 candidates takes from a key press, and from a tap, to the frame that
 * shows its effect, on a phone's screen with the processor slowed down four times. Prints a table for docs/benchmarks.md.
 */
import { launchChromium } from '@elekto/testing';
import type { Page } from 'playwright-core';
import { addCrowd, crowdKey } from './crowd.ts';
import { startDriftwood } from './driftwood.ts';
import { PHONE } from './shots.ts';
import { setTimeout as sleep } from 'node:timers/promises';

const COUNT = 60;
const SLOWER = 4;
/** Keys and taps a second of somebody who is quick: who types 90 words a minute presses 8 keys a second. */
const KEYS = 12;
const TAPS = 4;

/** Does one thing after another, `perSecond` at most. */
function paced(perSecond: number): (act: () => Promise<void>) => Promise<void> {
  let next = 0;
  return async (act) => {
    await sleep(Math.max(0, next - performance.now()));
    next = performance.now() + 1000 / perSecond;
    await act();
  };
}

/** Keeps, for every event, the ms until the frame after it has been painted. */
const measure = (page: Page) =>
  page.evaluate(() => {
    const taken: { type: string; ms: number }[] = [];
    Object.assign(window, { taken });
    const { port1, port2 } = new MessageChannel();
    const waiting: (() => void)[] = [];
    port1.onmessage = () => waiting.shift()?.();
    for (const type of ['keydown', 'click', 'input'])
      addEventListener(
        type,
        ({ timeStamp }) =>
          requestAnimationFrame(() => {
            waiting.push(() => taken.push({ type, ms: performance.now() - timeStamp }));
            port2.postMessage(null);
          }),
        { capture: true },
      );
  });

async function during(page: Page, type: string, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => void ((window as unknown as { taken: unknown[] }).taken.length = 0));
  await act();
  await page.waitForTimeout(300);
  const all = await page.evaluate(
    () => (window as unknown as { taken: { type: string; ms: number }[] }).taken,
  );
  return all
    .filter((each) => each.type === type)
    .map(({ ms }) => ms)
    .sort((a, b) => a - b);
}

const org = await startDriftwood(['adaeze-obi'], {}, (meta) => addCrowd(meta, COUNT));
const browser = await launchChromium({ draws: true });
try {
  const context = await browser.newContext({
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 3,
  });
  const page = await context.newPage();
  await page.goto(`${org.url}/elections/${crowdKey(COUNT)}/ballot/`);
  await page.click('.sign-in-first .button');
  await page.click('button:has-text("adaeze-obi")');
  await page.waitForSelector('.editor');
  const rows = page.locator('.row [data-control=pick]');
  if ((await rows.count()) !== COUNT) throw new Error(`${await rows.count()} candidates`);
  const slow = await context.newCDPSession(page);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  // The work of the page's own thread counts no time in which other programs have the processor.
  await slow.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await slow.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  await measure(page);
  await rows.first().focus();

  const results: [string, number[], number][] = [];
  const tried = async (what: string, type: string, act: () => Promise<void>) => {
    const before = await worked();
    const sorted = await during(page, type, act);
    results.push([what, sorted, ((await worked()) - before) / sorted.length]);
  };
  const inTime = paced(KEYS);
  const press = (key: string) => inTime(() => page.keyboard.press(key));
  const rankAll = async (pressed: (key: string) => Promise<void>) => {
    for (let i = 1; i <= COUNT; i++) {
      for (const digit of String(i)) await pressed(digit);
      if (i < COUNT) await pressed('ArrowDown');
    }
  };
  await tried(`reference: a key that does nothing, ${KEYS} a second`, 'keydown', async () => {
    for (let i = 0; i < COUNT; i++) await press('q');
  });
  await tried(`digits and arrows, all ${COUNT} ranked by them, ${KEYS} a second`, 'keydown', () =>
    rankAll(press),
  );
  if ((await page.locator('.row.ranked').count()) !== COUNT) throw new Error('a key press was lost');
  await tried(
    `\`=\`, Alt with an arrow, Delete, Undo with ${COUNT} ranked, ${KEYS} a second`,
    'keydown',
    async () => {
      for (let i = 0; i < 10; i++)
        for (const key of ['=', 'Control+z', 'Alt+ArrowUp', 'Delete', 'Control+z', 'ArrowUp'])
          await press(key);
    },
  );
  // The rows that a finger reaches without scrolling: a place of each is taken away, so that all below move up, and given again.
  await rows.nth(20).evaluate((row) => row.scrollIntoView({ block: 'center' }));
  const bar = (await page.locator('.bar').boundingBox())?.y ?? 0;
  const boxes = (await Promise.all((await rows.all()).map((row) => row.boundingBox()))).flatMap((box) =>
    box && box.y > 0 && box.y + box.height < bar ? box : [],
  );
  if (boxes.length < 4) throw new Error(`${boxes.length} rows on the screen`);
  const tap = paced(TAPS);
  for (const what of ['taps that take a place away, and others move up', 'taps that give the next place'])
    await tried(what, 'click', async () => {
      // The finger alone: what a test asks of the page before it presses is no part of the tap.
      for (const { x, y } of boxes) await tap(() => page.touchscreen.tap(x + 99, y + 20));
    });
  if ((await page.locator('.row.ranked').count()) !== COUNT) throw new Error('a tap was lost');
  // The field is far above the rows that were tapped: that the page goes there belongs to no letter.
  await page.focus('#search');
  await sleep(1000);
  await tried('letters in the search', 'input', async () => {
    for (const key of 'nguyen') await press(key);
    for (const _ of 'nguyen') await press('Backspace');
  });
  // Nobody types like this: it shows what the page does when keys come while it works.
  await rows.first().focus();
  await tried('digits and arrows again, each as soon as the one before is taken', 'keydown', () =>
    rankAll((key) => page.keyboard.press(key)),
  );
  if ((await page.locator('.row.ranked').count()) !== COUNT) throw new Error('a key press was lost');
  const part = (sorted: readonly number[], share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  console.log(
    `| ${COUNT} candidates, ${PHONE.width}x${PHONE.height}, processor ${SLOWER} times slower | events | work of the page, ms an event | median to the frame, ms | p95, ms | longest, ms |`,
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const [what, sorted, work] of results)
    console.log(
      `| ${what} | ${sorted.length} | ${work.toFixed(1)} | ${part(sorted, 0.5)} | ${part(sorted, 0.95)} | ${part(sorted, 1)} |`,
    );
} finally {
  await browser.close();
  await org.stop();
}
