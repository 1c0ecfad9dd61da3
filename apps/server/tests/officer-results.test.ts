/** What officers are told of results: by the ballot box, by the files in the repository, and where the two differ. */
import { startDatabase, tables } from '@elekto/db';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { refusalOf, type Browser } from './support/browser.ts';
import { writeElection, writeMeta } from './support/meta.ts';
import { DATABASES, run, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';

const VOTERS = ['vera', 'victor'];
const PAST = { opens: '2025-01-01 00:00:00', closes: '2025-01-08 00:00:00' };

describe.each(DATABASES)('what officers are told of results, on %s', (database) => {
  const meta = writeMeta({
    here: { voters: VOTERS, officers: ['olga', 'otto'] },
    silent: PAST,
    counted: PAST,
    waits: { voters: VOTERS, candidates: [] },
    comes: { voters: VOTERS, candidates: [], opens: '2099-01-01 00:00:00', closes: '2099-01-08 00:00:00' },
  });
  const put = (folder: string, name: string, text: string): void =>
    writeFileSync(join(meta, 'elections', folder, name), text);
  let running: Running;
  let olga: Browser;
  const overview = () => olga.api.officer.elections.query();
  const told = async (key: string) => {
    const found = (await overview()).elections.find((election) => election.key === key);
    if (found === undefined) throw new Error(`no ${key}`);
    return found;
  };
  const merge = async (): Promise<void> => {
    await running.server.sync();
    await running.server.tick();
  };

  beforeAll(async () => {
    put('counted', 'ballots.csv', 'ada,bob,cy\n1,2,3\n1,3,2\n');
    running = await run({ meta, people: [...VOTERS, 'olga', 'otto'], database });
    await running.server.tick();
    olga = await running.signedIn('olga');
    for (const login of VOTERS) {
      const order = login === 'vera' ? { ada: 1, bob: 2 } : { bob: 1, ada: 2 };
      await vote(await running.signedIn(login), 'here', order);
    }
  });
  afterAll(() => running?.stop());

  it('an election that ended before there was a server was not held here, and cannot be closed', async () => {
    expect(await told('silent')).toMatchObject({
      stage: 'held-elsewhere',
      published: { state: 'none', elected: null },
    });
    expect(await refusalOf(olga.api.officer.close.mutate({ key: 'silent' }))).toBe('not-held-here');
  });

  it('its ballots in the repository are counted by its own rule', async () => {
    expect(await told('counted')).toMatchObject({
      stage: 'held-elsewhere',
      published: {
        state: 'recounted',
        elected: [{ id: 'ada', name: 'Ada' }],
        recounted: true,
        unknownKey: null,
      },
    });
    const published = await olga.api.officer.publicResult.query({ key: 'counted' });
    expect(published).toMatchObject({ state: 'recounted', recount: { counts: { cast: 2 } } });
  });

  it('an election without candidates waits, with the reason', async () => {
    expect(await told('waits')).toMatchObject({
      stage: 'waiting',
      waiting: 'no-candidates',
      wouldWait: null,
      published: { state: 'waiting' },
    });
    // Before its start it is told that it would.
    expect(await told('comes')).toMatchObject({
      stage: 'upcoming',
      waiting: null,
      wouldWait: 'no-candidates',
    });
  });

  it('a rehearsal counts for those who stood in it, not for those who are added later', async () => {
    const head = (id: string) => `---\nname: ${id}\nID: ${id}\n---\n`;
    const rehearsed = async () => {
      await merge();
      return (await told('comes')).rehearsed;
    };
    put('comes', 'candidate-ada.md', head('ada'));
    put('comes', 'candidate-bob.md', head('bob'));
    expect(await rehearsed()).toBeNull();
    await olga.api.officer.rehearse.mutate({ key: 'comes', ballots: 5 });
    put('comes', 'voters.yaml', 'eligible_voters: [vera]\n');
    expect(await rehearsed()).toMatchObject({ by: 'olga', changed: false });
    put('comes', 'candidate-cy.md', head('cy'));
    expect(await rehearsed()).toMatchObject({ by: 'olga', changed: true });
    await olga.api.officer.rehearse.mutate({ key: 'comes', ballots: 5 });
    expect(await rehearsed()).toMatchObject({ by: 'olga', changed: false });
  });

  it('files of a result before the end are told of', async () => {
    expect((await told('here')).published).toMatchObject({ state: 'before', early: false });
    put('here', 'results.md', '# Ada wins\n');
    await merge();
    expect((await told('here')).published).toMatchObject({ state: 'before', early: true, elected: null });
    rmSync(join(meta, 'elections', 'here', 'results.md'));
    await merge();
  });

  it('a tie is to be decided before anything is published', async () => {
    running.clock.set(Date.parse('2026-03-08T00:00:00Z'));
    await running.server.tick();
    olga = await running.signedIn('olga');
    expect(await told('here')).toMatchObject({
      stage: 'counted',
      openTies: 1,
      published: { state: 'pending' },
    });
    expect(await refusalOf(olga.api.officer.published.mutate({ key: 'here' }))).toBe('tie-open');
    const undecided = await olga.api.officer.resultsJson.query({ key: 'here' });
    put('here', 'results.json', undecided);
    put('here', 'ballots.csv', await olga.api.officer.ballotsCsv.query({ key: 'here' }));
    await merge();
    expect(await told('here')).toMatchObject({
      stage: 'counted',
      published: { state: 'signed', elected: [] },
    });
    await olga.api.officer.recordTieDecision.mutate({ key: 'here', winners: ['bob'], how: 'Drawn by lot.' });
    // The files say what was true before the decision.
    expect(await told('here')).toMatchObject({
      openTies: 0,
      published: { state: 'superseded', elected: null },
    });
  });

  it('files that say something else are disputed, with the check that fails', async () => {
    const genuine = await olga.api.officer.resultsJson.query({ key: 'here' });
    put('here', 'results.json', genuine.replace('Drawn by lot.', 'Ada stood down.'));
    await merge();
    const { published, stage } = await told('here');
    expect(stage).toBe('counted');
    expect(published).toMatchObject({
      state: 'disputed',
      elected: null,
      dispute: { code: 'check', check: { code: 'wrong-signature' } },
    });
    put('here', 'results.json', genuine);
  });

  it('it is published as soon as the repository holds it, without a word of anybody', async () => {
    await merge();
    expect(await told('here')).toMatchObject({
      stage: 'published',
      openTies: null,
      published: { state: 'signed', elected: [{ id: 'bob', name: 'Bob' }], heldOn: null },
    });
    const trail = await olga.api.officer.audit.query({ key: 'here' });
    expect(trail.at(-1)).toMatchObject({ actor: 'server', action: 'published' });
  });

  it('one damaged row and a changed record are told of, and every other election as before', async () => {
    expect((await overview()).recordProblem).toBeNull();
    const db = await startDatabase({ url: running.server.config.databaseUrl });
    await db.transaction(async (em) => {
      await tables(em).updateTable('election').set({ state: 'open' }).where('key', '=', 'here').execute();
      await tables(em).updateTable('audit_event').set({ actor: 'nobody' }).where('seq', '=', 1).execute();
    });
    await db.close();
    writeElection(meta, 'silent', { ...PAST, name: 'Still here' });
    await merge();
    const { elections, recordProblem } = await overview();
    expect(recordProblem).toEqual({ kind: 'record-altered', seq: 1 });
    expect(elections.map(({ key, stage }) => [key, stage])).toEqual(
      expect.arrayContaining([
        ['here', 'damaged'],
        ['silent', 'held-elsewhere'],
        ['counted', 'held-elsewhere'],
      ]),
    );
    expect(await told('here')).toMatchObject({
      state: null,
      published: { state: 'counting', elected: null },
    });
  });
});
