/**
 * Takes pictures of every view of the console in every state, in three windows and both looks, for people to look at:
 * npm run pictures:console [-- part of a name]
 * With `--docs` it takes only those that the documents show, and puts them there.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '@elekto/testing/chromium';
import { openTab } from '../tests/harness/chrome.ts';
import { serveHarness } from '../tests/harness/serve.ts';
import { MANY, STATES, VIEWS } from '../tests/harness/views.ts';

const SIZES = [
  [900, 640],
  [1280, 860],
  [1920, 1080],
] as const;

/** Where the documents have the picture of a view. */
const IN_DOCS = new Map([
  ['home', 'console-home'],
  ['overview', 'console-overview'],
  ['exceptions', 'console-exceptions'],
  ['result-tie', 'console-tie'],
]);

const docs = join(import.meta.dirname, '../../../docs/images');
const folder = join(import.meta.dirname, '../../../artifacts/console-views');
mkdirSync(folder, { recursive: true });
const wanted = process.argv[2] ?? '';
const forDocs = wanted === '--docs';
const views = [...VIEWS, ...STATES, ...MANY].filter(([name]) =>
  forDocs ? IN_DOCS.has(name) : name.includes(wanted),
);
const [browser, served] = await Promise.all([launchChromium(), serveHarness()]);
let taken = 0;
for (const [name, scenario, route, text] of views) {
  const { page, close } = await openTab(browser);
  await page.goto(`${served.url}/?scenario=${scenario}#${route}`);
  await page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor();
  if (!name.endsWith('-loading')) await page.locator('.loading').first().waitFor({ state: 'detached' });
  for (const colorScheme of forDocs ? (['light'] as const) : (['light', 'dark'] as const)) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const [width, height] of forDocs ? SIZES.slice(0, 1) : SIZES) {
      await page.setViewportSize({ width, height });
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      await page.screenshot({
        path: forDocs
          ? join(docs, `${IN_DOCS.get(name) ?? name}.png`)
          : join(folder, `${name}-${width}-${colorScheme}.png`),
      });
      taken += 1;
    }
  }
  await close();
}
process.stdout.write(
  `${taken} pictures of ${views.length} views are in ${forDocs ? 'docs/images' : 'artifacts/console-views'}.\n`,
);
await browser.close();
await served.close();
