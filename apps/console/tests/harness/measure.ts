/** How long the largest elections take from an event to the frame that shows its effect. */
import type { Page } from 'playwright-core';
import { LARGE_TITLE } from './fixtures.ts';

/** Milliseconds of every repetition, by what was done. */
export type Times = Readonly<Record<string, readonly number[]>>;

/** From an event to the frame that shows its effect, as the page itself measures it; at best one frame. */
async function response(page: Page, act: string): Promise<number> {
  return page.evaluate(async (source) => {
    const run = (0, eval)(`(${source})`) as () => void;
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    const start = performance.now();
    run();
    await frame();
    await new Promise((resolve) => setTimeout(resolve));
    return performance.now() - start;
  }, act);
}

/** Presses the keys in turn, so that every press changes what is shown. */
const press = (target: string, ...keys: readonly string[]): string => `() => {
  const keys = ${JSON.stringify(keys)};
  const key = keys[(window.presses = (window.presses ?? -1) + 1) % keys.length];
  ${target}.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}`;

/** React notices a value only when it is set past its own setter. */
const type = (text: string): string => `() => {
  const input = document.querySelector('.queue input');
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, ${text});
  input.dispatchEvent(new Event('input', { bubbles: true }));
}`;

async function repeat(page: Page, acts: readonly (readonly [string, string])[], times: number) {
  const all: Record<string, number[]> = {};
  for (const [name, act] of acts) {
    const own: number[] = [];
    for (let i = 0; i < times; i += 1) own.push(await response(page, act));
    all[name] = own;
  }
  return all;
}

/** A click that does nothing, on the same page: what no interaction can be faster than. */
export const EMPTY = 'reference: a click that does nothing';
const emptyClick = `() => {
  const button = document.createElement('button');
  button.onclick = () => undefined;
  button.click();
}`;

/** The queue of 10,000 requests, once all of them are shown: of the election that runs, or of the one that is over. */
export async function measureQueue(
  page: Page,
  url: string,
  times: number,
  key: 'large-open' | 'large',
): Promise<Times> {
  await page.goto(`${url}/?scenario=large#/elections/${key}/exceptions`);
  await page.getByRole('radio', { name: /^All/ }).click();
  await page.getByRole('option').first().waitFor();
  const list = `document.querySelector('.virtual-list')`;
  const moves = await repeat(
    page,
    [
      [EMPTY, emptyClick],
      ['next request (arrow key)', press(list, 'ArrowDown')],
      ['last and first request (End, Home)', press(list, 'End', 'Home')],
      ['a page down and up', press(list, 'PageDown', 'PageUp')],
      ['scroll to anywhere', `() => { ${list}.scrollTop = Math.random() * 500000 }`],
    ],
    times,
  );
  const typed: number[] = [];
  const word = 'cont999';
  for (let i = 0; i < times; i += 1) {
    const length = i % word.length;
    if (length === 0) await response(page, type(`''`));
    typed.push(await response(page, type(`'${word.slice(0, length + 1)}'`)));
  }
  await response(page, type(`'contributor-9999'`));
  const found = await page.getByRole('option').first().getAttribute('aria-setsize');
  if (found !== '1') throw new Error(`The search has found ${found} requests, not one: what was measured?`);
  return { ...moves, 'search, each letter': typed };
}

/** The table of every pair of 100 candidates. */
export async function measurePairs(page: Page, url: string, times: number): Promise<Times> {
  await page.goto(`${url}/?scenario=large#/elections/large/result`);
  await page.getByRole('heading', { name: LARGE_TITLE }).waitFor();
  await page.getByRole('grid').waitFor();
  await page.getByRole('grid').scrollIntoViewIfNeeded();
  const grid = `document.querySelector('.pair-box')`;
  return repeat(
    page,
    [
      [EMPTY, emptyClick],
      ['next pair (arrow key)', press(grid, 'ArrowDown')],
      ['a page down and up', press(grid, 'PageDown', 'PageUp')],
      [
        'scroll to anywhere',
        `() => { ${grid}.scrollTop = Math.random() * 3000; ${grid}.scrollLeft = Math.random() * 5000 }`,
      ],
    ],
    times,
  );
}

/** The value that the given share of the times does not exceed; 0.5 is the median. */
export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
