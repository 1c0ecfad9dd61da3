import { describe, expect, it } from 'vitest';
import type { Election, Phase, ResultsKey } from '@elekto/election';
import {
  electedIn,
  markDraft,
  openTiesIn,
  publishedResult,
  resultWord,
  revisionOf,
  revisionsOf,
} from '@elekto/protocol/published';
import type { BoxFacts } from '@elekto/protocol/published';
import type { ResultsFile2 } from '@elekto/protocol/result';
import { asFormat2, golden, goldenFile, SERVER, STRANGER } from './support/golden.ts';

const NAME = 'tie-decided';
const csv = golden(`${NAME}/ballots.csv`);
const decided = asFormat2(NAME);
const before = asFormat2(NAME, { tieDecisions: [] });
const text = (file: object): string => `${JSON.stringify(file, null, 2)}\n`;
const ELECTED = ['ada', 'grace'];

const counted: BoxFacts = {
  state: 'counted',
  election: decided.election,
  publicKey: SERVER.publicKey,
  revisions: revisionsOf(decided),
};
const none: BoxFacts = { state: 'none' };
const listed: ResultsKey = {
  key: SERVER.publicKey,
  server: 'https://vote.example.org',
  from: null,
  until: null,
  line: 1,
};

const { manifest } = decided;
const election = {
  key: decided.election,
  results: null,
  resultsJson: null,
  ballotsCsv: null,
  counting: manifest.counting,
  seats: manifest.seats,
  representationLimit: manifest.representationLimit,
  candidates: manifest.candidates.map((id) => ({ id, name: id, fields: [], bio: '', file: '' })),
};

const publish = async (
  files: Partial<
    Pick<
      Election,
      'key' | 'results' | 'resultsJson' | 'ballotsCsv' | 'unreadResults' | 'seats' | 'houseRules'
    >
  >,
  box: BoxFacts = none,
  { phase = 'ended', knownKeys = [] }: { phase?: Phase; knownKeys?: readonly ResultsKey[] } = {},
) => {
  const published = await publishedResult({ election: { ...election, ...files }, phase, box, knownKeys });
  return { published, word: resultWord(published), elected: electedIn(published) };
};
const both = { ballotsCsv: csv, resultsJson: text(decided) };

describe('what is published of an election', () => {
  it('is nothing before the close, whatever files are there', async () => {
    expect(await publish(both, { state: 'open' })).toMatchObject({
      published: { state: 'before', early: true },
      word: 'none',
      elected: null,
    });
    for (const phase of ['upcoming', 'open'] as const) {
      expect((await publish(both, none, { phase, knownKeys: [listed] })).published).toEqual({
        state: 'before',
        early: true,
      });
    }
    expect((await publish({}, { state: 'open' })).published).toEqual({ state: 'before', early: false });
  });

  it('is why it waits, while it cannot open', async () => {
    expect(await publish({}, { state: 'waiting', reasons: ['no-candidates'] })).toMatchObject({
      published: { state: 'waiting', reasons: ['no-candidates'] },
      word: 'waiting',
      elected: null,
    });
  });

  it('is that it is being counted, or the trouble', async () => {
    expect(await publish(both, { state: 'closed', trouble: null })).toMatchObject({
      published: { state: 'counting', trouble: null },
      elected: null,
    });
    expect((await publish({}, { state: 'closed', trouble: 'ballot-box-damaged' })).published).toEqual({
      state: 'counting',
      trouble: 'ballot-box-damaged',
    });
  });

  it('is not yet published when it was counted here and no file is there', async () => {
    expect(await publish({}, counted)).toMatchObject({ word: 'pending', elected: null });
  });

  it('is the signed outcome with its decision and the recount when the files are the stored result', async () => {
    for (const resultsJson of [text(decided), JSON.stringify(decided)]) {
      const { published, word, elected } = await publish({ ballotsCsv: csv, resultsJson }, counted);
      expect({ word, elected }).toEqual({ word: 'signed', elected: ELECTED });
      expect(published).toMatchObject({ heldOn: null, prose: null });
      if (published.state !== 'signed') throw new Error('not signed');
      expect(published.outcome.seats.decisions).toHaveLength(1);
      expect(published.recount?.seats.elected).toEqual(ELECTED);
      expect(published.recount?.explanation.length).toBeGreaterThan(0);
    }
  });

  it('is the same when an earlier version signed it in format 1', async () => {
    const resultsJson = golden(`${NAME}/results.json`);
    const { elected, word } = await publish({ ballotsCsv: csv, resultsJson }, counted);
    expect({ word, elected }).toEqual({ word: 'signed', elected: ELECTED });
  });

  it('is signed without a recount where the ballots are kept', async () => {
    const { published, elected } = await publish({ resultsJson: text(decided) }, counted);
    expect(published).toMatchObject({ state: 'signed', recount: null });
    expect(elected).toEqual(ELECTED);
  });

  it('is out of date when the files are from before a decision', async () => {
    expect(await publish({ ...both, resultsJson: text(before) }, counted)).toMatchObject({
      word: 'superseded',
      elected: null,
    });
  });

  it.each<[string, Partial<typeof both>, string]>([
    ['of another election', { resultsJson: text(asFormat2('schulze')) }, 'manifest'],
    ['signed anew by a stranger', { resultsJson: text(STRANGER.sign(decided)) }, 'signature'],
    ['cut', { resultsJson: text(decided).slice(0, -100) }, 'format'],
    ['beside edited ballots', { ballotsCsv: csv.replace(/\n1,/, '\n2,') }, 'root'],
  ])('is disputed when the file is %s, and says which check fails', async (_, change, name) => {
    expect(await publish({ ...both, ...change }, counted)).toMatchObject({
      published: { dispute: { code: 'check', check: { name, ok: false } } },
      word: 'disputed',
      elected: null,
    });
  });

  it('is disputed when it is genuine and another than the one that is stored', async () => {
    const other = asFormat2(NAME, {
      tieDecisions: [{ winners: ['barbara'], how: 'another coin', by: 'officer', at: 1 }],
    });
    expect(await publish({ ...both, resultsJson: text(other) }, counted)).toMatchObject({
      published: { state: 'disputed', dispute: { code: 'other-result' } },
      elected: null,
    });
    const another = asFormat2('schulze', { election: decided.election, openedAs: 'golden---schulze' });
    const files = { ballotsCsv: golden('schulze/ballots.csv'), resultsJson: text(another) };
    expect((await publish(files, counted)).published).toMatchObject({ dispute: { code: 'other-result' } });
  });

  it.each(['results.json', 'ballots.csv'] as const)(
    'is disputed when %s is there and cannot be read',
    async (file) => {
      for (const box of [counted, none]) {
        expect(await publish({ results: 'Ada won.', unreadResults: [file] }, box)).toMatchObject({
          published: { dispute: { code: 'unread', file } },
          word: 'disputed',
        });
      }
    },
  );

  it('is the officers’ report, without a headline, when only results.md or ballots.csv is there', async () => {
    for (const files of [
      { results: 'Ada won.' },
      { ballotsCsv: csv },
      { unreadResults: ['results.md'] as const },
    ]) {
      expect(await publish(files, counted)).toMatchObject({ word: 'report', elected: null });
    }
  });
});

describe('what is published of an election that was held elsewhere', () => {
  it('is the signed outcome when the key is known', async () => {
    const { published, word, elected } = await publish(both, none, { knownKeys: [listed] });
    expect({ word, elected }).toEqual({ word: 'signed', elected: ELECTED });
    expect(published).toMatchObject({ heldOn: { server: 'https://vote.example.org' } });
  });

  it('is recounted, by whomever it was signed, when it adds up', async () => {
    const late = { ...listed, from: decided.closedAt + 1 };
    for (const knownKeys of [[], [late], [{ ...listed, key: STRANGER.publicKey }]]) {
      const { published, word, elected } = await publish(both, none, { knownKeys });
      expect({ word, elected }).toEqual({ word: 'recounted', elected: ELECTED });
      expect(published).toMatchObject({ file: { publicKey: SERVER.publicKey } });
    }
  });

  it('is a report when nobody knows the key and there are no ballots to count', async () => {
    expect(await publish({ resultsJson: text(decided) })).toMatchObject({ word: 'report', elected: null });
  });

  it('is disputed when it is broken or lies in another folder', async () => {
    const knownKeys = [listed];
    const edited = text(decided).replace(/"eligible": \d+/, '"eligible": 4711');
    expect(await publish({ ...both, resultsJson: edited }, none, { knownKeys })).toMatchObject({
      word: 'disputed',
      elected: null,
    });
    expect(await publish({ ...both, key: 'other' }, none, { knownKeys })).toMatchObject({
      published: { dispute: { check: { code: 'other-folder' } } },
    });
    expect(await publish({ ...both, key: 'other' })).toMatchObject({ word: 'disputed', elected: null });
  });

  it('tells a tie for a seat from one about who serves how long', async () => {
    const ballotsCsv = 'ada,grace\n1,1\n';
    const candidates = ['ada', 'grace'];
    const seat = await publish({ ballotsCsv, seats: 1 });
    expect(openTiesIn(seat.published)).toEqual([{ candidates, seats: 1 }]);
    const terms = ['2 years', '1 year'].map((term) => ({ seats: 1, term }));
    const { published, elected } = await publish({ ballotsCsv, seats: 2, houseRules: { terms } });
    expect(elected).toEqual(candidates);
    expect(openTiesIn(published)).toEqual([{ candidates, seats: 1, term: '2 years' }]);
  });

  it('is counted from ballots.csv alone by the rule of its files', async () => {
    const { published, word, elected } = await publish({ ballotsCsv: csv });
    expect({ word, elected }).toEqual({ word: 'recounted', elected: ['ada'] });
    expect(published).toMatchObject({ file: null });
    expect((await publish({ ballotsCsv: csv, seats: 1 })).elected).toEqual(['ada']);
    expect(await publish({ ballotsCsv: 'yes,no\n1,2\n' })).toMatchObject({ word: 'disputed', elected: null });
    expect(await publish({ ballotsCsv: 'ada,grace\n1,zwei\n' })).toMatchObject({
      published: { dispute: { code: 'ballots', why: expect.stringContaining('line 2') as string } },
      elected: null,
    });
  });

  it('is the report when there is only that, and nothing when there is nothing', async () => {
    expect(await publish({ results: 'Ada won.' })).toMatchObject({
      published: { state: 'report', prose: 'by-hand' },
      elected: null,
    });
    expect(await publish({})).toMatchObject({ published: { state: 'none' }, word: 'none', elected: null });
  });
});

describe('results.md beside a result', () => {
  const draft = markDraft('# Results\n\nAda and Grace are elected.', revisionOf(decided));
  const prose = async (results: string, file: ResultsFile2 = decided) => {
    const box = { ...counted, revisions: revisionsOf(file) };
    const { published } = await publish({ ...both, resultsJson: text(file), results }, box);
    return published.state === 'signed' ? published.prose : published.state;
  };

  it('is as drafted, edited or written by hand', async () => {
    expect(await prose(draft)).toBe('as-drafted');
    expect(await prose(draft.replaceAll('\n', '\r\n'))).toBe('as-drafted');
    expect(await prose(draft.replace('Grace', 'Barbara'))).toBe('edited');
    expect(await prose(`${draft}\nThanks to all.\n`)).toBe('edited');
    expect(await prose(draft, before)).toBe('edited');
    expect(await prose('# Results')).toBe('by-hand');
  });
});

it('revisions are one for each state of the decisions, whatever the format', () => {
  expect(revisionsOf(decided)).toEqual([revisionOf(before), revisionOf(decided)]);
  expect(revisionOf(goldenFile(NAME))).toBe(revisionOf(decided));
});
