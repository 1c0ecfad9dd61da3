/**
 * How fast the console answers in the largest elections, beside a click that does nothing on the same page.
 * npm run bench:console [-- repetitions]
 */
import { cpus } from 'node:os';
import { launchChromium } from '@elekto/testing/chromium';
import { openTab } from '../tests/harness/chrome.ts';
import { measurePairs, measureQueue, quantile, type Times } from '../tests/harness/measure.ts';
import { serveHarness } from '../tests/harness/serve.ts';

/** What counts as answered at once. */
const LIMIT_MS = 100;
const repetitions = Number(process.argv[2] ?? 60);
if (!Number.isInteger(repetitions) || repetitions < 1) {
  process.stderr.write('elekto: the number of repetitions is a whole number above zero.\n');
  process.exit(1);
}

function print(title: string, times: Times): number {
  const rows = Object.entries(times).map(([name, all]) => {
    const figures = [0.5, 0.95, 1].map((share) => quantile(all, share).toFixed(1).padStart(8));
    return `${name.padEnd(40)}${figures.join('')}`;
  });
  const head = ['median', 'p95', 'longest'].map((word) => word.padStart(8)).join('');
  process.stdout.write(`\n${title}, ms\n${' '.repeat(40)}${head}\n${rows.join('\n')}\n`);
  return Math.max(...Object.values(times).map((all) => quantile(all, 0.95)));
}

const [browser, served] = await Promise.all([launchChromium({ draws: true }), serveHarness()]);
const { page, close } = await openTab(browser);
process.stdout.write(
  `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}; Node ${process.versions.node}; Chromium ${browser.version()}; ${repetitions} repetitions\n`,
);
const worst = Math.max(
  print('10,000 exception requests, open', await measureQueue(page, served.url, repetitions, 'large-open')),
  print('10,000 exception requests, over', await measureQueue(page, served.url, repetitions, 'large')),
  print('Every pair of 100 candidates', await measurePairs(page, served.url, repetitions)),
);
process.stdout.write(
  `\n95 of 100 are answered within ${worst.toFixed(0)} ms; wanted: below ${LIMIT_MS} ms.\n`,
);
await close();
await browser.close();
await served.close();
