import { axeProblems, launchChromium } from '@elekto/testing';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '@elekto/election';
import { snapshotOfFolder } from '../dev-data.ts';
import { BALLOT_SCRIPT, ballotScript, overBudget, pagesOf } from './budgets.ts';
import { buildExample, exampleSnapshot } from './built-site.ts';
import { shot } from './shots.ts';
import { serveSite } from '../static-server.ts';

const SHARED = join(import.meta.dirname, '../../../shared');
const hasReal = existsSync(SHARED);
if (!hasReal)
  console.warn('NOTICE: ../shared is absent; the pages of the Kubernetes elections are not weighed.');

const MANY = 45;

/** As many candidates as anybody had, each with an own name and text, and ballots that rank them all. */
async function crowded() {
  const base = await exampleSnapshot();
  const [open, done] = ['steering---term-4', 'steering---term-3'].map((key) =>
    base.elections.find((e) => e.key === key),
  );
  const model = open?.candidates[0];
  if (!open || !done || !model) throw new Error('the example has changed');
  const candidates: Candidate[] = Array.from({ length: MANY }, (_, i) => ({
    ...model,
    id: `candidate-${i}`,
    name: `Candidate ${i * 7919} ${String.fromCodePoint(65 + (i % 26))}.`,
    bio: `${model.bio}\n\nNumber ${i * 104729}.`,
    file: `elections/crowd/candidate-candidate-${i}.md`,
  }));
  const rows = Array.from({ length: 120 }, (_, ballot) =>
    candidates.map((_, i) => ((i * 7 + ballot * 13 + ((i * ballot) % 11)) % MANY) + 1).join(','),
  );
  const ballotsCsv = `${[candidates.map((c) => c.id).join(','), ...rows].join('\n')}\n`;
  return {
    ...base,
    elections: [
      ...base.elections,
      { ...open, key: 'crowd', name: 'A crowd', candidates },
      {
        ...done,
        key: 'crowd-done',
        name: 'A crowd, counted',
        candidates,
        ballotsCsv,
        results: null,
        resultsJson: null,
        representationLimit: null,
      },
    ],
  };
}

describe('a site with many candidates', () => {
  it(
    `keeps every budget with ${MANY} of them, is clean by axe and fits 320 pixels`,
    { timeout: 300_000 },
    async () => {
      const site = await buildExample(await crowded());
      try {
        expect(pagesOf(site.dir)).toContain('/elections/crowd-done/results/');
        expect(overBudget(site.dir)).toEqual([]);
        expect(ballotScript(site.dir, 'crowd').bytes).toBeLessThanOrEqual(BALLOT_SCRIPT);
        const server = await serveSite(site.dir);
        const browser = await launchChromium();
        try {
          for (const width of [320, 1280]) {
            const page = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
            for (const path of ['/', '/elections/crowd/', '/elections/crowd-done/results/']) {
              await page.goto(server.origin + path);
              expect(await axeProblems(page), path).toEqual([]);
              expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(width);
            }
            await shot(page, `results-crowd-${width}-light`);
          }
        } finally {
          await browser.close();
          await server.close();
        }
      } finally {
        site.remove();
      }
    },
  );

  it.runIf(hasReal)('keeps every budget with the elections of Kubernetes', { timeout: 300_000 }, async () => {
    const kubernetes = join(SHARED, 'data/real/kubernetes');
    const site = await buildExample(
      await snapshotOfFolder(kubernetes, 'elections', Date.parse('2023-09-10T12:00:00Z')),
    );
    try {
      expect(pagesOf(site.dir).length).toBeGreaterThan(50);
      expect(overBudget(site.dir)).toEqual([]);
      expect(ballotScript(site.dir, 'steering---2023').bytes).toBeLessThanOrEqual(BALLOT_SCRIPT);
    } finally {
      site.remove();
    }
  });
});
