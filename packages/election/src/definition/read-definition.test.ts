import { describe, expect, it } from 'vitest';
import { readDefinition } from './read-definition.ts';

const BASE: Record<string, string> = {
  name: 'Steering',
  start_datetime: '2026-09-01 00:00:01',
  end_datetime: '2026-09-27 23:59:00',
  no_winners: '3',
  election_officers: '[ada]',
};

const file = (fields: Record<string, string | null> = {}): string =>
  Object.entries({ ...BASE, ...fields })
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');
const read = (fields?: Record<string, string | null>) =>
  readDefinition('election.yaml', file(fields)).definition;
const said = (text: string): string[] =>
  readDefinition('election.yaml', text).report.diagnostics.map(
    (d) => `${d.severity} ${d.line}:${d.column} ${d.code}`,
  );
const codes = (fields: Record<string, string | null>): string[] =>
  readDefinition('election.yaml', file(fields)).report.diagnostics.map((d) => `${d.severity} ${d.code}`);

describe('readDefinition', () => {
  it('reads the fields and fills in the rest with what Elekto does', () => {
    expect(readDefinition('election.yaml', file()).report.diagnostics).toEqual([]);
    expect(read()).toEqual({
      name: 'Steering',
      organization: '',
      opensAt: Date.UTC(2026, 8, 1, 0, 0, 1),
      closesAt: Date.UTC(2026, 8, 27, 23, 59, 0),
      exceptionsDueAt: Date.UTC(2026, 8, 1, 0, 0, 1),
      seats: 3,
      allowNoOpinion: true,
      deleteAfter: false,
      shownFields: [],
      officers: ['ada'],
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
      turnout: 'public',
      unknownFields: {},
    });
  });

  it('asks for two officers where approvals says so, and says where nobody could be the second', () => {
    const two = { election_officers: '[ada, grace]' };
    expect(read({ ...two, approvals: '2' })?.approvals).toBe(2);
    expect(codes({ ...two, approvals: '2' })).toEqual([]);
    expect(read({ ...two, approvals: '1' })).not.toHaveProperty('approvals');
    expect(read({ ...two, approvals: '3' })?.approvals).toBe(2);
    expect(codes({ ...two, approvals: '3' })).toEqual(['error field-not-a-choice']);
    expect(codes({ approvals: '2' })).toEqual(['warning approvals-need-officers']);
    expect(codes({ election_officers: '[ada, Ada]', approvals: '2' })).toContain(
      'warning approvals-need-officers',
    );
  });

  it.each(['exception_due', 'exceptions_due'])('reads the deadline from %s', (key) => {
    expect(read({ [key]: '2026-09-20 12:00:00' })?.exceptionsDueAt).toBe(Date.UTC(2026, 8, 20, 12));
    expect(codes({ [key]: '2026-09-20 12:00:00' })).toEqual([]);
  });

  it.each([
    ['before the start', '2026-08-01 00:00:00', []],
    ['at the start', '2026-09-01 00:00:01', []],
    ['after the end', '2026-10-01 00:00:00', ['warning exception-due-after-end']],
  ])('takes a deadline %s', (_, due, expected) => {
    expect(read({ exception_due: due })).not.toBeNull();
    expect(codes({ exception_due: due })).toEqual(expected);
  });

  it('says that the unranked are last in no round', () => {
    const stv = { method: 'scottish-stv', unranked: 'last' };
    expect(read(stv)).not.toBeNull();
    expect(codes(stv)).toEqual(['warning unranked-in-rounds']);
    expect(codes({ method: 'schulze', unranked: 'last' })).toEqual([]);
    expect(codes({ method: 'irv', unranked: 'no-opinion' })).toEqual([]);
  });

  it('takes an uncontested election that ends a second after it starts', () => {
    expect(read({ end_datetime: '2026-09-01 00:00:02' })).toMatchObject({
      closesAt: Date.UTC(2026, 8, 1, 0, 0, 2),
    });
    expect(codes({ end_datetime: '2026-09-01 00:00:02' })).toEqual([]);
  });

  it.each([
    ['no name', { name: null }, 'error 1:1 election-name-missing'],
    ['an empty name', { name: '' }, 'error 1:7 election-name-missing'],
    ['no start', { start_datetime: null }, 'error 1:1 date-missing'],
    ['no end', { end_datetime: '' }, 'error 3:15 date-missing'],
    ['a date that is none', { end_datetime: 'next Friday' }, 'error 3:15 date-invalid'],
    ['30 February', { end_datetime: '2027-02-30 00:00:00' }, 'error 3:15 date-invalid'],
    ['an end before the start', { end_datetime: '2026-08-27 00:00:00' }, 'error 3:15 dates-out-of-order'],
    ['an unknown method', { method: 'dowsing' }, 'error 6:9 field-not-a-choice'],
    ['an unknown strength', { strength: 'ten' }, 'error 6:11 field-not-a-choice'],
    [
      'a limit without a maximum',
      { representation_limit: '{field: employer}' },
      'error 6:23 representation-limit-invalid',
    ],
  ])('holds no election with %s, and says where', (_, fields, expected) => {
    expect(read(fields)).toBeNull();
    expect(said(file(fields))).toEqual([expected]);
  });

  it.each([
    ['true', true],
    ['True', true],
    ['yes', true],
    ['on', true],
    ['"true"', true],
    ['False', false],
    ['no', false],
    ['off', false],
    ['0', false],
  ])('reads %s as a truth value', (text, value) => {
    expect(read({ allow_no_opinion: text })?.allowNoOpinion).toBe(value);
  });

  it('says so when a truth value is none', () => {
    expect(read({ delete_after: 'maybe' })?.deleteAfter).toBe(false);
    expect(codes({ delete_after: 'maybe' })).toEqual(['error field-not-boolean']);
  });

  it.each([
    ['missing', null, []],
    ['null', 'null', []],
    ['nothing', '', []],
    ['[null]', '[null]', []],
    ['a list with an empty entry', '\n  -', []],
    ['a list', '[employer, slack]', ['employer', 'slack']],
    ['a block list', '\n- employer\n- slack\n-', ['employer', 'slack']],
    ['one text', 'employer, slack', ['employer', 'slack']],
  ])('reads show_candidate_fields when it is %s', (_, value, expected) => {
    expect(read({ show_candidate_fields: value })?.shownFields).toEqual(expected);
  });

  it('reads a single officer as that officer and no part of the name', () => {
    expect(read({ election_officers: 'alice' })?.officers).toEqual(['alice']);
    expect(codes({ election_officers: 'alice' })).toEqual(['warning field-not-a-list']);
  });

  it('reads officers with @ and in any case once', () => {
    expect(read({ election_officers: '["@ada", Ada, grace, "007"]' })?.officers).toEqual([
      'ada',
      'grace',
      '007',
    ]);
  });

  it('reads the number of an account after the login, once', () => {
    const named = read({ election_officers: '\n- ada#1234\n- Ada\n- grace\n- "@Bob#56"\n-' });
    expect(named?.officers).toEqual(['ada', 'grace', 'Bob']);
    expect(named?.officerAccounts).toEqual({ ada: '1234', bob: '56' });
    expect(read({ election_officers: '[ada]' })?.officerAccounts).toBeUndefined();
    expect(read({ election_officers: '[ada, ada#7]' })?.officerAccounts).toEqual({ ada: '7' });
    expect(codes({ election_officers: '[ada#1234]' })).toEqual([]);
  });

  it('takes the first of two accounts for one login, and says so', () => {
    expect(read({ election_officers: '[ada#1, ada#2]' })?.officerAccounts).toEqual({ ada: '1' });
    expect(codes({ election_officers: '[ada#1, ada#2]' })).toEqual(['error officer-two-accounts']);
  });

  it.each(['ada#', 'ada#x', 'ada#0', '"#12"', 'ada#12#13', 'ada#99999999999999999999'])(
    'makes nobody an officer by %s',
    (entry) => {
      expect(read({ election_officers: `[${entry}, grace]` })?.officers).toEqual(['grace']);
      expect(codes({ election_officers: `[${entry}, grace]` })).toEqual(['warning officer-not-login']);
    },
  );

  it('makes nobody an officer by an unquoted null', () => {
    expect(read({ election_officers: '[null, ~, ada]' })?.officers).toEqual(['ada']);
    expect(read({ election_officers: '["null"]' })?.officers).toEqual(['null']);
  });

  it.each([null, '', '[]', '[null]', 'null', '[ada@example.org]'])(
    'asks for officers when there are none: %j',
    (value) => {
      expect(read({ election_officers: value })?.officers).toEqual([]);
      expect(codes({ election_officers: value })).toContain('error officers-missing');
    },
  );

  it.each(['0', '-1', 'four', '2.5', '1e9', '[1]'])('asks for a number of seats instead of %s', (seats) => {
    expect(read({ no_winners: seats })?.seats).toBe(1);
    expect(codes({ no_winners: seats })).toEqual(['error seats-invalid']);
  });

  it('assumes one seat when none are named', () => {
    expect(read({ no_winners: null })?.seats).toBe(1);
    expect(codes({ no_winners: null })).toEqual(['warning seats-missing']);
  });

  it('reads our additions', () => {
    const more = {
      method: 'Scottish_STV',
      strength: 'margins',
      unranked: 'no opinion',
      secondary: 'on',
      order: 'layers',
      receipts: 'after-close',
      turnout: 'officers',
      representation_limit: '{field: employer, max: 2}',
    };
    expect(read(more)).toMatchObject({
      counting: {
        method: 'scottish-stv',
        strength: 'margins',
        unranked: 'no-opinion',
        secondary: true,
        order: 'layers',
      },
      receipts: 'after_close',
      turnout: 'officers',
      representationLimit: { field: 'employer', max: 2 },
    });
    expect(codes(more)).toEqual([]);
  });

  it.each([
    ['1/3', 1],
    ['50%', 1],
    ['2/3', 2],
    ['1%', 1],
  ])('reads a limit of %s of three seats as %i', (max, expected) => {
    expect(read({ representation_limit: `{field: employer, max: ${max}}` })?.representationLimit?.max).toBe(
      expected,
    );
  });

  it('tells no more than officers when turnout is misspelled', () => {
    expect(read({ turnout: 'oficers' })?.turnout).toBe('officers');
  });

  it.each([
    [
      'a colon in a value',
      { exception_description: 'Write to us: elections@example.org' },
      'exceptionDescription',
      'Write to us: elections@example.org',
    ],
    ['a leading @', { eligibility: '@example members' }, 'eligibility', '@example members'],
    ['a leading backtick', { eligibility: '`committers` only' }, 'eligibility', '`committers` only'],
    [
      'a link',
      { eligibility: '[Members](https://a.example) vote' },
      'eligibility',
      '[Members](https://a.example) vote',
    ],
    ['emphasis', { eligibility: '**Members** vote' }, 'eligibility', '**Members** vote'],
    ['quotes around a part', { name: '"The" Election' }, 'name', '"The" Election'],
    ['a comparison', { eligibility: '> 50 contributions' }, 'eligibility', '> 50 contributions'],
  ])('reads %s, with a warning at the place', (_, fields, key, value) => {
    expect(read(fields)).toMatchObject({ [key]: value });
    const { diagnostics } = readDefinition('election.yaml', file(fields)).report;
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: expect.stringMatching(/^yaml-/) }]);
    expect(diagnostics[0]?.line).toBeGreaterThan(0);
  });

  it('leaves block texts alone while it repairs their neighbours', () => {
    const text = `${file()}\neligibility: |\n  Note: all\n  @members\nexception_description: Write: us\n`;
    const { definition } = readDefinition('election.yaml', text);
    expect(definition).toMatchObject({
      eligibility: 'Note: all\n@members',
      exceptionDescription: 'Write: us',
    });
  });

  it('reads other spellings of fields with a warning, and guesses at misspelled ones', () => {
    expect(said(file({ name: null, Name: 'Steering' }))).toEqual(['warning 5:1 field-spelling']);
    expect(said(file({ allow_no_opinon: 'true' }))).toEqual(['warning 6:1 field-misspelled']);
  });

  it('keeps unknown fields as they are written, at "info"', () => {
    const { definition, report } = readDefinition(
      'election.yaml',
      `${file()}\nx_color: "#fff" # ours\nx_list:\n  - a\n  - 007\n`,
    );
    expect({ ...definition?.unknownFields }).toEqual({ x_color: '"#fff"', x_list: '- a\n  - 007\n' });
    expect(report.diagnostics.map((d) => d.severity)).toEqual(['info', 'info']);
  });

  it('takes the last of two, with a warning', () => {
    expect(readDefinition('election.yaml', `${file()}\nname: Again\n`).definition?.name).toBe('Again');
    expect(said(`${file()}\nname: Again\n`)).toEqual(['warning 6:1 field-twice']);
  });

  it.each([
    ['nothing', '', 'election-empty'],
    ['a text', 'hello', 'election-empty'],
    ['a list', '- a', 'election-empty'],
    ['binary', '\u0000\u0001\u0002', 'election-empty'],
    ['a broken document', 'name: [x\nstart_datetime: 1', 'yaml-invalid'],
  ])('holds no election with %s in it', (_, text, code) => {
    const { definition, report } = readDefinition('election.yaml', text);
    expect(definition).toBeNull();
    expect(report.diagnostics).toMatchObject([{ severity: 'error', code }]);
    expect(report.diagnostics[0]?.line).toBeGreaterThan(0);
  });

  it('points at the line that broke', () => {
    expect(said(`${file()}\n  eligibility: x\n`)[0]).toMatch(/^error [56]:\d+ yaml-invalid$/);
  });
});
