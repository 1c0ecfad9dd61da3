import { describe, expect, it } from 'vitest';
import type { SiteElection } from '../data/model.ts';
import { slugOf } from '../data/prepared.ts';
import { plainWords, prepareElection, statusOf } from './prepare.ts';

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
const prepare = (over: Partial<SiteElection> = {}) =>
  prepareElection(election(over), (text) => `<p>${text}</p>`);

describe('what pages show of an election', () => {
  it('is no result while ballots are taken, whatever files are there', () => {
    const early = { phase: 'open', ballotsCsv: csv, results: 'x', resultsJson: '{}' } as const;
    expect(statusOf(election(early))).toBe('open');
    expect(prepare(early)).toMatchObject({
      outcome: null,
      results: null,
      ballotsCsv: null,
      resultsJson: null,
    });
  });

  it('follows the box where it was closed before its time', () => {
    expect(statusOf(election({ phase: 'open', state: 'finalised' }))).toBe('ended');
    expect(statusOf(election({ results: 'x' }))).toBe('results');
    expect(statusOf(election())).toBe('ended');
  });

  it('counts published ballots by the rule of the election and its limit', () => {
    const counted = prepare({
      ballotsCsv: csv,
      seats: 2,
      representationLimit: { field: 'employer', max: 1 },
    });
    expect(counted.outcome?.places[0]?.candidates).toEqual(['ada']);
    expect(counted.cast).toBe(3);
    expect(counted.limitValues).toEqual({ ada: 'Acme' });
  });

  it('seats one of two who write the same employer differently', () => {
    const counted = prepare({
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

  it('says why ballots cannot be counted instead of failing the build', () => {
    const bad = prepare({ ballotsCsv: 'ada,grace\n1,zwei\n' });
    expect(bad.outcome).toBeNull();
    expect(bad.countError).toMatch(/line 2/);
  });

  it('shows only the fields the election asks for and the candidate gave', () => {
    expect(prepare().candidates.map((c) => c.fields)).toEqual([[{ name: 'employer', value: 'Acme' }], []]);
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
