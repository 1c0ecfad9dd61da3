/**
 * Lighthouse on the built example, desktop and mobile: `npm run bench:lighthouse`. Prints a table for
 * docs/benchmarks.md, then the audits that cost points.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM_ARGS, findChromium } from '@elekto/testing';
import lighthouse, { desktopConfig } from 'lighthouse';
import { buildExample } from './built-site.ts';
import { serveSite } from '../static-server.ts';

const PAGES = [
  ['home', '/'],
  ['election', '/elections/steering---term-4/'],
  ['results', '/elections/steering---term-3/results/'],
] as const;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const site = await buildExample();
const server = await serveSite(site.dir);
const port = await freePort();
const profile = mkdtempSync(join(tmpdir(), 'elekto-lighthouse-'));
const chromium = spawn(
  findChromium(),
  [
    ...CHROMIUM_ARGS,
    '--headless=new',
    `--remote-debugging-port=${port}`,
    `--user-data-dir=${profile}`,
    'about:blank',
  ],
  { stdio: 'ignore' },
);
try {
  for (let i = 0; i < 100; i++) {
    if (
      await fetch(`http://127.0.0.1:${port}/json/version`).then(
        (r) => r.ok,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  console.log(
    '| page | preset | performance | accessibility | best practices | SEO | first paint | requests | bytes |',
  );
  console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  const lost: string[] = [];
  for (const [name, path] of PAGES) {
    for (const preset of ['desktop', 'mobile'] as const) {
      const run = await lighthouse(
        server.origin + path,
        { port, logLevel: 'error', output: 'json' },
        preset === 'desktop' ? desktopConfig : undefined,
      );
      if (!run) throw new Error('Lighthouse gave no result');
      const { categories, audits } = run.lhr;
      const score = (id: string) => Math.round((categories[id]?.score ?? 0) * 100);
      const details = audits['network-requests']?.details as
        | { items?: { transferSize?: number }[] }
        | undefined;
      const items = details?.items ?? [];
      const bytes = items.reduce((sum, item) => sum + (item.transferSize ?? 0), 0);
      console.log(
        `| ${name} | ${preset} | ${score('performance')} | ${score('accessibility')} | ${score('best-practices')} | ${score('seo')} | ${audits['first-contentful-paint']?.displayValue ?? ''} | ${items.length} | ${bytes} |`,
      );
      for (const category of Object.values(categories))
        for (const ref of category.auditRefs) {
          const audit = audits[ref.id];
          if (ref.weight > 0 && audit && audit.score !== null && audit.score < 0.995)
            lost.push(
              `${name} ${preset}: ${audit.id} ${audit.score} ${audit.displayValue ?? ''} ${audit.title}`,
            );
        }
    }
  }
  console.log(lost.join('\n'));
} finally {
  chromium.kill();
  await server.close();
  site.remove();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
