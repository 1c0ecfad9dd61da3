import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'elekto-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

const BLT =
  '4 2\n9 1 2 3 4 0\n8 2 3 4 1 0\n7 3 1 4 2 0\n0\n"<b>Ann</b>"\n"Bob"\n"Cyd"\n"Dan"\n"Dinner & more"\n';

function page(...args: string[]): string {
  const to = join(folder, 'page.html');
  const { status, stderr } = spawnSync(process.execPath, [main, 'tally', '-', '--report', to, ...args], {
    encoding: 'utf8',
    input: BLT,
  });
  expect([status, stderr]).toEqual([0, expect.stringContaining('read as BLT: 24 ballots')]);
  return readFileSync(to, 'utf8');
}

describe('elekto tally --report', () => {
  it('writes one page that explains the count, and asks nothing of anybody', () => {
    const html = page();
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain(
      '<meta http-equiv="Content-Security-Policy" content="default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;"/>',
    );
    expect(html).toContain('<h1>&lt;b&gt;Ann&lt;/b&gt; and Bob are elected.</h1>');
    expect(html).toContain('<title>Dinner &amp; more</title>');
    expect(html).toContain('class="beat-graph"');
    expect(html).toContain('class="heatmap"');
    expect(html).toContain('&lt;b&gt;Ann&lt;/b&gt; is beaten by nobody: place 1.');
    expect(html).toContain('read as BLT: 24 ballots, 4 candidates, 2 seats');
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref="(?!#)|url\((?!#)|@import|https?:/);
  });

  it('shows the rounds of methods that have them, and who was left out', () => {
    const html = page('--method', 'scottish-stv', '--without', 'Dan');
    expect(html).toContain('<table class="rounds">');
    expect(html).not.toContain('class="beat-graph"');
    expect(html).toContain('; left out: Dan');
  });

  it('says when the page cannot be written', () => {
    const args = [main, 'tally', '-', '--report', join(folder, 'no', 'page.html')];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', input: BLT });
    expect([status, stderr]).toEqual([1, expect.stringContaining('cannot be written (ENOENT)')]);
  });
});
