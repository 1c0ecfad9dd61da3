import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { tables } from '@elekto/db';
import { describe, expect, it } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import {
  ALL_DIALECTS,
  OWN_DIALECTS,
  finish,
  generator,
  kindOf,
  must,
  newPerson,
  openElection,
  randomRanking,
  seal,
  startWorld,
} from '../support.ts';
import type { World } from '../support.ts';
import { startOwnServer } from '../own-server.ts';
import { startWorkers } from '../workers/pool.ts';
import type { Job } from '../workers/pool.ts';

const KILLS = 25;
const STOPS = 5;

async function sealAll(
  world: World,
  election: Election,
  people: readonly Person[],
  seed: number,
): Promise<Job[]> {
  const random = generator(seed);
  const jobs: Job[] = [];
  for (const person of people) {
    const { cast } = await seal(world, election, person, randomRanking(random));
    jobs.push({ person, cast });
  }
  return jobs;
}

/** How many take part in the election, as stored. */
async function participants(world: World, election: Election): Promise<number> {
  const rows = await world.db.read((em) =>
    tables(em)
      .selectFrom('participation')
      .innerJoin('election', 'election.id', 'participation.election')
      .select('participation.user')
      .where('election.key', '=', election.key)
      .execute(),
  );
  return rows.length;
}

/**
 * After an accident: whatever was acknowledged is stored, nothing is stored twice, sending everything
 * again is harmless, and the count is that of the voters.
 */
async function checkAfterwards(
  world: World,
  election: Election,
  officer: Person,
  jobs: readonly Job[],
  acknowledged: ReadonlySet<number>,
): Promise<void> {
  for (const index of acknowledged) {
    const { person } = jobs[index] as Job;
    expect(must(await world.box.participation(election, person)).voted, `acknowledged ballot ${index}`).toBe(
      true,
    );
  }
  expect(await participants(world, election)).toBeGreaterThanOrEqual(acknowledged.size);
  const again = await Promise.all(jobs.map(({ person, cast }) => world.box.cast(election, person, cast)));
  expect(again.map(kindOf)).toEqual(jobs.map(() => 'accepted'));
  await finish(world, election);
  expect(must(await world.box.outcome(election, officer)).cast).toBe(jobs.length);
}

describe.each(ALL_DIALECTS)('a server killed while it casts, on %s', (dialect) => {
  it(`loses nothing it has acknowledged and doubles nothing, ${KILLS} times`, async () => {
    const world = await startWorld(dialect, { durable: true });
    const random = generator(dialect === 'sqlite' ? 1 : 2);
    const officer = await newPerson(world, 'officer');
    let between = 0;
    for (let round = 1; round <= KILLS; round += 1) {
      world.clock.now = Date.UTC(2026, 8, 2);
      const { election, people } = await openElection(world, 30, { key: `round-${round}` });
      const jobs = await sealAll(world, election, people, round);
      const [worker] = await startWorkers(1, world, election);
      if (worker === undefined) throw new Error('no worker');
      const acknowledged = new Set<number>();
      const gone = once(worker.process, 'exit');
      // Killed a random moment after a random acknowledgement, so that every step of a cast is hit.
      const killAfter = Math.floor(random() * jobs.length * 0.9);
      const delay = random() * 12;
      worker.stream(jobs, (index, answer) => {
        if (answer === 'accepted') acknowledged.add(index);
        if (index === killAfter) setTimeout(() => worker.process.kill('SIGKILL'), delay);
      });
      await gone;
      if (acknowledged.size < jobs.length) between += 1;
      await checkAfterwards(world, election, officer, jobs, acknowledged);
    }
    console.info(`${dialect}: ${KILLS} kills, ${between} of them with casts under way`);
    expect(between).toBeGreaterThan(KILLS / 2);
    await world.end();
  });
});

describe.each(OWN_DIALECTS.filter((dialect) => dialect !== 'sqlite'))(
  '%s stopped at once under load',
  (dialect) => {
    it(`loses nothing acknowledged and doubles nothing, ${STOPS} times`, async () => {
      const cluster = await startOwnServer(dialect);
      if (cluster === null) throw new Error(`${dialect} has no server`);
      const world = await startWorld(dialect, { url: cluster.url });
      const random = generator(9);
      const officer = await newPerson(world, 'officer');
      try {
        for (let round = 1; round <= STOPS; round += 1) {
          world.clock.now = Date.UTC(2026, 8, 2);
          const { election, people } = await openElection(world, 80, { key: `stop-${round}` });
          const jobs = await sealAll(world, election, people, 100 + round);
          const workers = await startWorkers(4, world, election);
          const acknowledged = new Set<number>();
          const failed = new Set<number>();
          workers.forEach((worker, part) => {
            const own = jobs.flatMap((job, index) => (index % 4 === part ? [{ job, index }] : []));
            worker.stream(
              own.map(({ job }) => job),
              (at, answer) => {
                const { index } = own[at] as (typeof own)[number];
                (answer === 'accepted' ? acknowledged : failed).add(index);
              },
            );
          });
          const enough = 5 + Math.floor(random() * 50);
          while (acknowledged.size < enough) await sleep(2);
          await cluster.crash();
          while (acknowledged.size + failed.size < jobs.length) await sleep(5);
          await cluster.start();
          await Promise.all(workers.map((worker) => worker.end()));
          await checkAfterwards(world, election, officer, jobs, acknowledged);
          console.info(
            `stop ${round}: ${acknowledged.size} acknowledged before, ${failed.size} refused by a lost database, all ${jobs.length} counted after the retry`,
          );
          expect(failed.size).toBeGreaterThan(0);
        }
      } finally {
        await world.end();
        await cluster.remove();
      }
    });
  },
);
