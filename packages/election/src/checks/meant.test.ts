import { expect, it } from 'vitest';
import { lintTree } from '../lint/lint.ts';

const NOW = Date.UTC(2027, 0, 10);
const said = (fields: Readonly<Record<string, string>>, now = NOW): string[] => {
  const all = {
    name: 'X',
    organization: 'Acme',
    start_datetime: '2027-02-01 00:00:01',
    end_datetime: '2027-02-20 23:59:59',
    no_winners: '1',
    election_officers: '[ada]',
    ...fields,
  };
  const text = Object.entries(all).map(([name, value]) => `${name}: ${value}\n`);
  const files = [
    { path: 'e/x/election.yaml', text: text.join('') },
    { path: 'e/x/voters.yaml', text: 'eligible_voters: [ada]\n' },
    { path: 'e/x/candidate-ada.md', text: '---\nname: Ada\nID: ada\n---\nHello.\n' },
  ];
  return lintTree('e', files, { now }).elections.flatMap(({ diagnostics }) =>
    diagnostics.map(({ severity, code, line }) => `${severity} ${code} ${line}`),
  );
};

it('an election as people mean it is not doubted', () => expect(said({})).toEqual([]));

it.each([
  [{ end_datetime: '2027-02-20 00:00:00' }, 'warning end-at-midnight 4'],
  [{ end_datetime: '2027-02-03 23:59:59' }, 'warning voting-short 4'],
  [{ organization: 'Our organization' }, 'warning placeholder-left 2'],
  [{ election_officers: '[ada, octocat]' }, 'warning placeholder-left 6'],
  [{ eligibility: 'Say here who may vote.' }, 'warning placeholder-left 7'],
])('%j is, until voting begins', (fields, doubt) => {
  expect(said(fields)).toEqual([doubt]);
  expect(said(fields, Date.UTC(2027, 1, 2))).toEqual([]);
});
