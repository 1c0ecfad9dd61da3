import { describe, expect, it } from 'vitest';
import { opens } from '../opens.ts';
import { readElection } from '../tree/read-election.ts';
import { readDefinition } from './read-definition.ts';

const BASE =
  'name: Steering\nstart_datetime: 2026-09-01 00:00:01\nend_datetime: 2026-09-27 23:59:00\nno_winners: 3\nelection_officers: [ada]\n';
const read = (more: string) => readDefinition('election.yaml', BASE + more);
const rules = (more: string) => {
  const { definition, report } = read(more);
  expect(report.diagnostics).toEqual([]);
  return definition?.houseRules;
};
const codes = (more: string): string[] => {
  const { definition, report } = read(more);
  expect(definition === null).toBe(report.hasErrors);
  return report.diagnostics.map(({ severity, code, line }) => `${severity} ${code} ${line}`);
};

describe('the rules of the organisation about seats', () => {
  it('are none where nothing is said', () => {
    expect(Object.keys(read('').definition ?? {})).not.toContain('houseRules');
    expect(rules('quorum:\nminimum_share: ~\n')).toBeUndefined();
  });

  it.each([
    ['50', { ballots: 50 }],
    ['1/3', { part: 1, whole: 3 }],
    ['25 %', { part: 25, whole: 100 }],
  ])('read a quorum of %s', (text, quorum) => {
    expect(rules(`quorum: ${text}\n`)).toEqual({ quorum });
  });

  it('read a minimum share', () => {
    expect(rules('minimum_share: 10%\n')).toEqual({ minimumShare: { part: 10, whole: 100 } });
  });

  it('read none of the above as an ID alone, or with what else holds', () => {
    const simple = { candidate: 'none', rule: 'seats', majority: { part: 1, whole: 1 }, support: 0 };
    expect(rules('unranked: last\nnone_of_the_above: none\n')).toEqual({ noneOfTheAbove: simple });
    expect(
      rules('unranked: last\nnone_of_the_above: {candidate: none, rule: drop, majority: 3/2, support: 45}\n'),
    ).toEqual({
      noneOfTheAbove: { candidate: 'none', rule: 'drop', majority: { part: 3, whole: 2 }, support: 45 },
    });
    expect(
      rules('unranked: last\nnone_of_the_above: {candidate: none, majority: 2}\n')?.noneOfTheAbove?.majority,
    ).toEqual({
      part: 2,
      whole: 1,
    });
  });

  it('find nothing idle in "unranked: last" of a method in rounds, which says who beats none of the above', () => {
    expect(codes('method: irv\nunranked: last\n')).toEqual(['warning unranked-in-rounds 7']);
    expect(codes('method: irv\nunranked: last\nnone_of_the_above: none\n')).toEqual([]);
  });

  it('read the seats of groups, in the spelling of the field that the limit has', () => {
    const groups = { field: 'region', seats: { EMEA: 1, 'Asia Pacific': 2 } };
    expect(rules('group_seats: {field: region, seats: {EMEA: 1, Asia Pacific: 2}}\n')).toEqual({ groups });
    const both = 'representation_limit: {field: Region, max: 2}\n';
    expect(rules(`${both}group_seats: {field: region, seats: {EMEA: 2}}\n`)?.groups?.field).toBe('Region');
  });

  it.each([
    ['quorum: 0', 'quorum-invalid'],
    ['quorum: some', 'quorum-invalid'],
    ['quorum: 3/2', 'quorum-invalid'],
    ['quorum: [1]', 'quorum-invalid'],
    ['minimum_share: 10', 'minimum-share-invalid'],
    ['minimum_share: 0%', 'minimum-share-invalid'],
    ['none_of_the_above: [none]', 'none-of-the-above-invalid'],
    ['none_of_the_above: {rule: drop}', 'none-of-the-above-invalid'],
    ['none_of_the_above: {candidate: none, rule: other}', 'none-of-the-above-invalid'],
    ['none_of_the_above: {candidate: none, majority: 1/2}', 'none-of-the-above-invalid'],
    ['none_of_the_above: {candidate: none, majority: half}', 'none-of-the-above-invalid'],
    ['none_of_the_above: {candidate: none, support: -1}', 'none-of-the-above-invalid'],
    ['group_seats: region', 'group-seats-invalid'],
    ['group_seats: {seats: {EMEA: 1}}', 'group-seats-invalid'],
    ['group_seats: {field: region}', 'group-seats-invalid'],
    ['group_seats: {field: region, seats: {}}', 'group-seats-invalid'],
    ['group_seats: {field: region, seats: {EMEA: 0}}', 'group-seats-invalid'],
    ['group_seats: {field: region, seats: {EMEA: 1, emea: 1}}', 'group-seats-invalid'],
    ['group_seats: {field: region, seats: {EMEA: 2, APAC: 2}}', 'group-seats-invalid'],
  ])('are an error at their line in %j, and leave nothing that could be held', (line, code) => {
    expect(codes(`${line}\n`)).toEqual([`error ${code} 6`]);
  });

  it('read seats of different terms, in one way of writing, and how vacant ones are filled', () => {
    const terms = 'terms:\n  - {seats: 2, term: 24 Months}\n  - seats: 1\n    term: 1 Year\n';
    expect(rules(terms)).toEqual({
      terms: [
        { seats: 2, term: '2 years' },
        { seats: 1, term: '1 year' },
      ],
    });
    expect(rules('terms: [{seats: 3, term: 18 months}]\n')?.terms).toEqual([{ seats: 3, term: '18 months' }]);
    expect(rules('terms: [{seats: 3, term: 2027-12-31}]\n')?.terms?.[0]?.term).toBe('2027-12-31');
    expect(rules('vacancies: Count-back\n')).toEqual({ vacancies: 'count-back' });
  });

  it.each([
    ['terms: 2 years', 'terms-invalid'],
    ['terms: []', 'terms-invalid'],
    ['terms: [2 years]', 'terms-invalid'],
    ['terms: [{seats: 3}]', 'terms-invalid'],
    ['terms: [{seats: 0, term: 1 year}]', 'terms-invalid'],
    ['terms: [{seats: 3, term: long}]', 'terms-invalid'],
    ['terms: [{seats: 2, term: 1 year}]', 'terms-invalid'],
    ['terms: [{seats: 2, term: 1 year}, {seats: 1, term: 12 months}]', 'terms-invalid'],
    ['terms: [{seats: 3, term: 1 year}]\nterm: 1 year', 'terms-invalid'],
    ['vacancies: by-election', 'vacancies-invalid'],
    ['vacancies: [count-back]', 'vacancies-invalid'],
  ])('tell at their line what is wrong in %j', (line, code) => {
    expect(codes(`${line}\n`)).toEqual([`error ${code} 6`]);
  });

  it('may not contradict the limit', () => {
    const limit = 'representation_limit: {field: employer, max: 1}\n';
    expect(codes(`${limit}group_seats: {field: region, seats: {EMEA: 1}}\n`)).toEqual([
      'error group-seats-invalid 7',
    ]);
    expect(codes(`${limit}group_seats: {field: employer, seats: {Acme: 2}}\n`)).toEqual([
      'error group-seats-invalid 7',
    ]);
  });

  it('tell a key that they do not know', () => {
    expect(codes('unranked: last\nnone_of_the_above: {candidate: none, colour: red}\n')).toEqual([
      'warning field-unknown 7',
    ]);
  });

  it('ask what a ballot means that leaves none of the above out', () => {
    const above = 'none_of_the_above: none\n';
    expect(codes(above)).toEqual(['warning none-of-the-above-unranked 6']);
    expect(codes(`${above}unranked: last\n`)).toEqual([]);
    expect(codes(`${above}unranked: no-opinion\n`)).toEqual([]);
  });
});

describe('those of whom the rules speak', () => {
  const candidate = (id: string, line = ''): [string, string] => [
    `candidate-${id}.md`,
    `---\nname: ${id}\nID: ${id}\n${line}---\n`,
  ];
  const inX = (yaml: string, ...candidates: [string, string][]) =>
    readElection(
      'x',
      '',
      [['election.yaml', BASE + yaml], ['voters.yaml', 'eligible_voters: [ada]'], ...candidates].map(
        ([name, text]) => ({ path: `x/${name}`, text: text ?? '' }),
      ),
    );
  const waiting = ({ election }: ReturnType<typeof inX>) =>
    election === null ? '' : opens(election).waiting;

  it('have to stand: the election waits for none of the above, and for somebody besides it', () => {
    const yaml = 'unranked: last\nnone_of_the_above: none\n';
    const without = inX(yaml, candidate('ada'));
    expect(without.diagnostics.map(({ code }) => code)).toEqual(['none-of-the-above-missing']);
    expect(waiting(without)).toBe('none-of-the-above-missing');
    expect(waiting(inX(yaml, candidate('none')))).toBe('no-candidates');
    expect(waiting(inX(yaml, candidate('ada'), candidate('none')))).toBe(null);
    expect(waiting(inX(yaml, candidate('ada'), candidate('none', 'withdrawn: true\n')))).toBe(
      'none-of-the-above-missing',
    );
  });

  it('should be enough in each group, whose name may be written in another case', () => {
    const yaml = 'group_seats: {field: region, seats: {EMEA: 2}}\n';
    const of = (id: string) => candidate(id, 'info:\n  - Region: emea\n');
    expect(inX(yaml, of('ada'), candidate('bob')).diagnostics.map(({ code }) => code)).toEqual([
      'group-seats-short',
    ]);
    expect(inX(yaml, of('ada'), of('bob')).diagnostics).toEqual([]);
  });
});
