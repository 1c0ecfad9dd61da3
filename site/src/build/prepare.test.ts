import { describe, expect, it } from 'vitest';
import type { SiteElection } from '../data/model.ts';
import { slugOf } from '../data/prepared.ts';
import { plainWords, prepareSnapshot } from './prepare.ts';

const election = (over: Partial<SiteElection> = {}): SiteElection => ({
  key: 'x',
  folder: 'elections/x',
  name: 'X',
  organization: 'O',
  opensAt: 0,
  closesAt: 1,
  exceptionsDueAt: 0,
  seats: 1,
  allowNoOpinion: true,
  deleteAfter: false,
  shownFields: ['employer', 'absent'],
  officers: [],
  eligibility: '',
  exceptionDescription: '',
  counting: {
    method: 'schulze',
    strength: 'winning',
    unranked: 'no-opinion',
    secondary: false,
    order: 'losses',
  },
  receipts: 'after_close',
  representationLimit: null,
  turnout: 'officers',
  description: '',
  results: null,
  ballotsCsv: null,
  resultsJson: null,
  candidates: [
    {
      id: 'ada',
      name: 'Ada',
      fields: [
        { name: 'employer', value: 'Acme' },
        { name: 'secret', value: 'x' },
      ],
      bio: '',
      file: '',
    },
    { id: 'grace', name: 'Grace', fields: [{ name: 'employer', value: ' ' }], bio: '', file: '' },
  ],
  unknownFields: {},
  phase: 'ended',
  diagnostics: [],
  state: null,
  eligible: 3,
  ...over,
});
const person = (id: string, ...fields: { name: string; value: string }[]) => ({
  id,
  name: id,
  fields,
  bio: '',
  file: '',
});
const csv = 'ada,grace\n1,2\n1,2\n2,1\n';
const prepare = async (over: Partial<SiteElection> = {}) => {
  const organisation = { name: 'O', logo: null, accent: null };
  const snapshot = { commit: 'c0ffee', generatedAt: 0, organisation, elections: [election(over)] };
  const { elections } = await prepareSnapshot(snapshot, (text) => `<p>${text}</p>`);
  return elections[0]!;
};

describe('what pages show of an election', () => {
  it('is no result while ballots are taken, whatever files are there', async () => {
    const early = { phase: 'open', ballotsCsv: csv, results: 'x', resultsJson: '{}' } as const;
    expect(await prepare(early)).toMatchObject({
      status: 'open',
      outcome: null,
      results: null,
      ballotsCsv: null,
      resultsJson: null,
    });
  });

  it('follows the box where it was closed before its time', async () => {
    const counted = { state: 'closed', trouble: null } as const;
    expect((await prepare({ phase: 'open', state: 'finalised', box: counted })).status).toBe('ended');
    expect((await prepare({ results: 'x' })).status).toBe('results');
    expect((await prepare()).status).toBe('ended');
  });

  it('counts published ballots by the rule of the election and its limit', async () => {
    const counted = await prepare({
      ballotsCsv: csv,
      seats: 2,
      representationLimit: { field: 'employer', max: 1 },
    });
    expect(counted.outcome?.places[0]?.candidates).toEqual(['ada']);
    expect(counted.cast).toBe(3);
    expect(counted.limitValues).toEqual({ ada: 'Acme' });
  });

  it('seats one of two who write the same employer differently', async () => {
    const counted = await prepare({
      ballotsCsv: 'ada,grace\n1,2\n',
      seats: 2,
      representationLimit: { field: 'employer', max: 1 },
      candidates: [
        person('ada', { name: 'Employer', value: 'Acme' }),
        person('grace', { name: 'employer', value: 'ACME ' }),
      ],
    });
    expect(counted.outcome?.seats.elected).toEqual(['ada']);
    expect(counted.limitValues).toEqual({ ada: 'Acme', grace: 'Acme' });
  });

  it('says why ballots cannot be counted instead of failing the build', async () => {
    const bad = await prepare({ ballotsCsv: 'ada,grace\n1,zwei\n' });
    expect(bad.outcome).toBeNull();
    expect(bad.published).toMatchObject({ state: 'disputed', dispute: { code: 'ballots' } });
    expect(JSON.stringify(bad.published)).toMatch(/line 2/);
  });

  it('shows only the fields the election asks for and the candidate gave', async () => {
    expect((await prepare()).candidates.map((c) => c.fields)).toEqual([
      [{ name: 'employer', value: 'Acme' }],
      [],
    ]);
  });

  it('tells people of one name apart by their ids', async () => {
    const named = (id: string, name: string) => ({ ...person(id), name });
    const { candidates } = await prepare({
      candidates: [named('sam-1', 'Sam Same'), named('sam-2', 'Sam Same'), named('ada', 'Ada')],
    });
    expect(candidates.map(({ name, label }) => [name, label])).toEqual([
      ['Sam Same', 'Sam Same (sam-1)'],
      ['Sam Same', 'Sam Same (sam-2)'],
      ['Ada', 'Ada'],
    ]);
  });

  it('shows a field whose name differs in case', async () => {
    const shown = await prepare({
      shownFields: ['GitHub'],
      candidates: [person('ada', { name: 'Github', value: '@ada' })],
    });
    expect(shown.candidates[0]?.fields).toEqual([{ name: 'GitHub', value: '@ada' }]);
  });

  it('is what holds for the ballots, under the pinned names, whatever the files say since', async () => {
    const { counting } = election();
    const manifest = {
      version: 2,
      key: 'x',
      name: 'X',
      seats: 1,
      counting,
      representationLimit: null,
      limitValues: null,
      candidates: ['ada', 'bob'],
      names: { ada: 'Ada as she was', bob: 'Bob' },
      allowNoOpinion: true,
      receipts: 'after_close',
      deleteAfter: false,
      publicKey: '',
      suite: 1,
      sourceCommit: '',
      kind: 'election',
      run: '',
    } as const;
    const shown = await prepare({ phase: 'open', state: 'open', box: { state: 'open' }, seats: 2, manifest });
    expect(shown.seats).toBe(1);
    expect(shown.candidates.map(({ id, name, standing, slug }) => [id, name, standing, slug])).toEqual([
      ['ada', 'Ada as she was', 'standing', 'ada'],
      ['bob', 'Bob', 'gone', ''],
      ['grace', 'Grace', 'late', 'grace'],
    ]);
  });
});

describe('addresses and summaries', () => {
  it('keep harmless ids and write others so that they are one harmless folder', () => {
    expect(slugOf('mrbobbytables')).toBe('mrbobbytables');
    for (const id of ['..', '../x', 'a/b', '', '.', 'ä', '@x', 'a\\b'])
      expect(slugOf(id)).toMatch(/^~[0-9a-f]*$/);
    expect(slugOf('A')).not.toBe(slugOf('a'));
  });

  it('are plain words without headings, tables or code', () => {
    expect(plainWords('<h2>No</h2><p>Hello <b>you</b> &amp; me&#x27;s</p><pre>no</pre>')).toBe(
      "Hello you & me's",
    );
    expect(plainWords(`<p>${'word '.repeat(80)}</p>`).length).toBeLessThanOrEqual(182);
  });
});
