/**
 * Takes pictures of every view of the console in every state, in three windows and both looks, for people to look at:
 * npm run pictures:console [-- part of a name]
 * With `--docs` it takes only those that the documents show, and puts them there.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '@elekto/testing/chromium';
import { openTab } from '../tests/harness/chrome.ts';
import { serveHarness } from '../tests/harness/serve.ts';
import { KEYS, MANY, PRESSED, STATES, VIEWS, type View } from '../tests/harness/views.ts';

const SIZES = [
  [900, 640],
  [1280, 860],
  [1920, 1080],
] as const;

/** Where the documents have the picture of a view, and how high the window is that shows what is said below it. */
const IN_DOCS = new Map<string, readonly [file: string, height: number]>([
  ['home', ['console-home', 900]],
  ['overview', ['console-overview', 1080]],
  ['exceptions', ['console-exceptions', 940]],
  ['result-tie', ['console-tie', 1240]],
]);
const DOCS_WIDTH = 1100;

interface Shot {
  readonly look: (typeof LOOKS)[number];
  readonly width: number;
  readonly height: number;
  readonly path: string;
}
const LOOKS = ['light', 'dark'] as const;

const docs = join(import.meta.dirname, '../../../docs/images');
const folder = join(import.meta.dirname, '../../../artifacts/console-views');
mkdirSync(folder, { recursive: true });
const wanted = process.argv[2] ?? '';
const forDocs = wanted === '--docs';
const all: readonly (readonly [...View, steps?: (page: Page) => Promise<unknown>])[] = [
  ...VIEWS,
  ...STATES,
  ...PRESSED,
  ...MANY,
  ...KEYS,
];
const views = all.filter(([name]) => (forDocs ? IN_DOCS.has(name) : name.includes(wanted)));
const [browser, served] = await Promise.all([launchChromium({ draws: true }), serveHarness()]);
let taken = 0;
for (const [name, scenario, route, text, steps] of views) {
  const { page, close } = await openTab(browser);
  await page.goto(`${served.url}/?scenario=${scenario}#${route}`);
  await steps?.(page);
  await page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor();
  if (!name.endsWith('-loading')) await page.locator('.loading').first().waitFor({ state: 'detached' });
  const inDocs = forDocs ? IN_DOCS.get(name) : undefined;
  const shots: readonly Shot[] =
    inDocs === undefined
      ? LOOKS.flatMap((look) =>
          SIZES.map(([width, height]): Shot => ({
            look,
            width,
            height,
            path: join(folder, `${name}-${width}-${look}.png`),
          })),
        )
      : [{ look: 'light', width: DOCS_WIDTH, height: inDocs[1], path: join(docs, `${inDocs[0]}.png`) }];
  for (const { look, width, height, path } of shots) {
    await page.emulateMedia({ colorScheme: look, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await page.screenshot({ path });
    taken += 1;
  }
  await close();
}
process.stdout.write(
  `${taken} pictures of ${views.length} views are in ${forDocs ? 'docs/images' : 'artifacts/console-views'}.\n`,
);
await browser.close();
await served.close();
