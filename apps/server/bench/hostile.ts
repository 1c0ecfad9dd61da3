/**
 * `npm run bench:hostile`: how long casts wait while one address holds 64 or 400 connections open and asks, as fast as it is
 * answered, for what anybody may ask. Voters come at random instants at half the rate that the server has to hold.
 * Fails when the slowest of a hundred waits 250 ms or longer. `--quick` for a short look.
 */
import autocannon from 'autocannon';
import { parseArgs } from 'node:util';

import { hangUp, prepare, sendCast, type Voter } from '../tests/support/crowd.ts';

import { closedLoop, openLoop } from './support/arrivals.ts';
import { startInstalled } from './support/flags.ts';
import { makePlace } from './support/place.ts';
import { printTable, quantiles } from './support/table.ts';

const { values: flags } = parseArgs({ options: { quick: { type: 'boolean' } } });
const [FEW, MANY] = [64, 400];
const RATE = 75;
const VOTERS = flags.quick ? 200 : 750;
const MOST_WAIT = 250;

const json = { 'content-type': 'application/json', 'x-elekto': '1' };
const ATTACKS: readonly Pick<autocannon.Request, 'path' | 'method' | 'body' | 'headers'>[] = [
  { path: '/status' },
  { path: '/readyz' },
  { path: '/trpc/status.get' },
  {
    path: '/trpc/ballot.inclusionProof',
    method: 'POST',
    headers: json,
    body: JSON.stringify({ key: 'load', tracker: '0'.repeat(32) }),
  },
];

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Nobody hostile first; what costs most also over fewer connections. */
const ROUNDS = [
  null,
  ...ATTACKS.map((attack) => ({ attack, connections: MANY })),
  ...ATTACKS.filter(({ path }) => /^\/status$|inclusionProof/.test(path ?? '')).map((attack) => ({
    attack,
    connections: FEW,
  })),
];

const place = await makePlace('SQLite', ROUNDS.length * VOTERS);
const server = await startInstalled(place.env);
const rows: (string | number)[][] = [];
let late = false;
try {
  for (const [index, round] of ROUNDS.entries()) {
    const asked = round?.attack.path ?? 'nobody hostile';
    say(`${asked} ...`);
    const voters: Voter[] = [];
    await closedLoop(place.logins.slice(index * VOTERS, (index + 1) * VOTERS), 16, async (login, i) => {
      voters.push(await prepare(server.url, place.key, login, index * VOTERS + i));
    });
    const hostile = round && {
      run: autocannon({
        url: server.url,
        connections: round.connections,
        duration: 3600,
        requests: [round.attack],
      }),
    };
    let failed = 0;
    const waits = await openLoop(voters, RATE, async (voter) => {
      if ((await sendCast(server.url, voter)).outcome !== 'recorded') failed += 1;
    });
    hostile?.run.stop();
    const answered = hostile ? (await hostile.run).requests.average : 0;
    const [p50, p99, p999] = quantiles(waits);
    late ||= p99 >= MOST_WAIT || failed > 0;
    rows.push([asked, round?.connections ?? 0, answered, p50, p99, p999, failed]);
  }
} finally {
  await server.stop('SIGTERM');
  hangUp();
  await place.close();
}
printTable(
  `Casts at ${RATE} a second beside hostile connections from one address, ms from the instant each was due`,
  ['asked for', 'connections', 'answers/s', 'p50', 'p99', 'p99.9', 'failed'],
  rows,
);
if (late) {
  say(`Too slow: a cast waits ${MOST_WAIT} ms or longer at the 99th percentile, or failed.`);
  process.exitCode = 1;
}
