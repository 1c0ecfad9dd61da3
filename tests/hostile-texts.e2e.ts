/** Texts of a meta repository that try to run code, shown by the real server to a real browser under its policy. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareEnvironment } from '@elekto/testing';
import type { Browser } from 'playwright-core';
import { launchChromium } from '@elekto/testing/chromium';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'elekto-hostile-'));
let server: ChildProcess;
let browser: Browser;
let url = '';

const RUN = 'window.__ran=1';
const PAYLOADS = [
  `<script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<svg onload="${RUN}">`,
  `"><img src=x onerror=${RUN}>`,
  `'-(${RUN})-'`,
  `</script><script>${RUN}</script>`,
  `</title><script>${RUN}</script>`,
  `<iframe srcdoc="<script>parent.__ran=1</script>"></iframe>`,
  `<a href="javascript:${RUN}">raw</a> [md](javascript:${RUN}) <javascript:${RUN}>`,
  `[data](data:text/html,<script>${RUN}</script>)`,
  `![pixel](https://tracker.invalid/p.png) <link rel=stylesheet href=https://tracker.invalid/x.css>`,
  `<details open ontoggle="${RUN}">x</details>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror=${RUN}>`,
  `<meta http-equiv=refresh content="0;url=https://tracker.invalid">`,
  `<base href=https://tracker.invalid/><form action=/x><input name=passphrase></form>`,
  `{{constructor.constructor('${RUN}')()}} \${${RUN}}`,
  `<!--><script>${RUN}</script>-->`,
];

const DASHES = '-'.repeat(61);
const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Two elections of the same texts: one that is open, and one whose results are out. */
function writeRepository(): void {
  writeHostile('hostile', '2098-01-01 00:00:00');
  writeHostile('hostile-past', '2024-02-01 00:00:00');
}

function writeHostile(name: string, closes: string): void {
  const folder = join(scratch, 'meta/elections', name);
  mkdirSync(folder, { recursive: true });
  const all = PAYLOADS.join('\n\n');
  const indented = PAYLOADS.map((payload) => `  ${payload}\n`).join('\n');
  writeFileSync(
    join(folder, 'election.yaml'),
    [
      `name: ${quote(`Hostile ${PAYLOADS[0]} ${PAYLOADS[6]}`)}`,
      `organization: ${quote(PAYLOADS[3] ?? '')}`,
      'start_datetime: 2024-01-01 00:00:00',
      `end_datetime: ${closes}`,
      'exception_due: 2097-01-01 00:00:00',
      'no_winners: 1',
      'election_officers: [ada]',
      'show_candidate_fields: [employer, "<script>window.__ran=1</script>"]',
      `eligibility: |\n${indented}`,
      `exception_description: |\n${indented}`,
      '',
    ].join('\n'),
  );
  writeFileSync(join(folder, 'voters.yaml'), 'eligible_voters: [ada]\n');
  writeFileSync(join(folder, 'election_desc.md'), all);
  writeFileSync(join(folder, 'results.md'), all);
  writeFileSync(
    join(folder, 'ballots.csv'),
    `${PAYLOADS.map((_, i) => `c${i}`).join()}\n${PAYLOADS.map((_, i) => i + 1).join()}\n`,
  );
  PAYLOADS.forEach((payload, index) => {
    const header = [
      `name: ${quote(payload)}`,
      `ID: c${index}`,
      'info:',
      `  - employer: ${quote(payload)}`,
      `  - ${quote(payload)}: x`,
    ];
    writeFileSync(
      join(folder, `candidate-c${index}.md`),
      `${[DASHES, ...header, DASHES].join('\n')}\n\n${all}\n`,
    );
  });
}

beforeAll(async () => {
  writeRepository();
  const meta = join(scratch, 'meta');
  server = spawn(
    process.execPath,
    ['scripts/start.ts', '--port', '0', '--meta', meta, '--elections', 'elections'],
    {
      cwd: root,
      env: { ...bareEnvironment(), HOME: process.env['HOME'], ELEKTO_DATA_DIR: join(scratch, 'data') },
    },
  );
  let said = '';
  url = await new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('Ctrl-C stops it')) resolve(/Site\s+(http:\S+)\//.exec(said)?.[1] ?? '');
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.on('exit', () => reject(new Error(`npm start ended:\n${said}`)));
  });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  server?.kill('SIGTERM');
  rmSync(scratch, { recursive: true, force: true });
});

it('runs nothing, calls nobody and shows every name as it is written', async () => {
  const page = await (await browser.newContext()).newPage();
  const elsewhere: string[] = [];
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(?:data|blob|about):/.test(request.url()))
      elsewhere.push(request.url());
  });
  const paths = [
    '/',
    '/elections/',
    '/elections/hostile/',
    '/elections/hostile/ballot/',
    '/elections/hostile-past/',
    '/elections/hostile-past/results/',
  ];
  for (const path of [
    ...paths,
    '/elections/hostile/exception/',
    ...PAYLOADS.map((_, i) => `/elections/hostile/candidates/c${i}/`),
  ]) {
    const response = await page.goto(url + path, { waitUntil: 'load' });
    expect([path, response?.status()]).toEqual([path, 200]);
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/);
    const found = await page.evaluate(() => ({
      ran: (window as { __ran?: number }).__ran ?? 0,
      handlers: document.querySelectorAll('[onerror],[onload],[ontoggle],[srcdoc]').length,
      links: [...document.links]
        .map((link) => link.protocol)
        .filter((p) => !['http:', 'https:', 'mailto:', 'webcal:'].includes(p)),
    }));
    expect([path, found]).toEqual([path, { ran: 0, handlers: 0, links: [] }]);
    expect(page.url()).toBe(url + path);
  }
  for (const [index, payload] of PAYLOADS.entries()) {
    await page.goto(`${url}/elections/hostile/candidates/c${index}/`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(payload);
  }
  expect([elsewhere, dialogs]).toEqual([[], []]);
});
