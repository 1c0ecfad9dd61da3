/** One reader with hundreds of connections beside voters. How long casts wait then, `npm run bench:hostile` measures. */
import type { BallotBox } from '@elekto/ballot-box';
import { Agent, get } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { DEFAULT_PACE } from '../src/http/gate.ts';

import { writeMeta } from './support/meta.ts';
import { run, type Running } from './support/running.ts';
import { atOnce, vote } from './support/voting.ts';

const VOTERS = Array.from({ length: 20 }, (_, i) => `voter-${i}`);
const CONNECTIONS = 400;

let running: Running;
let workedOut = 0;
const counting = (box: BallotBox): BallotBox => ({
  ...box,
  drift(election) {
    workedOut += 1;
    return box.drift(election);
  },
});
beforeAll(async () => {
  running = await run({
    meta: writeMeta({ steering: { voters: VOTERS } }),
    people: VOTERS,
    overrides: { around: counting, pace: DEFAULT_PACE },
  });
});
afterAll(() => running?.stop());

function askOften(path: string): { stop(): Promise<number> } {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const headers = { 'x-forwarded-for': '198.51.100.7' };
  let going = true;
  let answered = 0;
  const once = (): Promise<void> =>
    new Promise((resolve) => {
      get(running.url + path, { agent, headers }, (answer) => {
        answered += answer.statusCode === 200 ? 1 : 0;
        answer
          .resume()
          .on('end', resolve)
          .on('error', () => resolve());
      }).on('error', () => resolve());
    });
  const loops = Array.from({ length: CONNECTIONS }, async () => {
    while (going) await once();
  });
  return {
    async stop() {
      going = false;
      await Promise.race([Promise.all(loops), new Promise((resolve) => setTimeout(resolve, 2000))]);
      agent.destroy();
      await Promise.all(loops);
      return answered;
    },
  };
}

it('keeps nobody from voting, and costs one status a second however many are asked for', async () => {
  const browsers = await Promise.all(VOTERS.map((login) => running.signedIn(login)));
  const began = performance.now();
  workedOut = 0;
  const hostile = askOften('/status');
  await atOnce(browsers, 4, async (browser) => void (await vote(browser, 'steering', { ada: 1 })));
  const answered = await hostile.stop();
  const seconds = (performance.now() - began) / 1000;
  for (const browser of browsers)
    expect((await browser.api.ballot.participation.query({ key: 'steering' })).voted).toBe(true);
  expect(answered).toBeGreaterThan(CONNECTIONS);
  // One a second, and one for each change that upkeep tells of.
  expect(workedOut).toBeLessThanOrEqual(2 * seconds + 4);
  expect(workedOut).toBeLessThan(answered / 10);
});
