import { describe, expect, it } from 'vitest';
import { lintTree } from '../lint/lint.ts';

const header = (employer: string): string =>
  `------\nname: Ada\nID: ada\ninfo:\n  - employer: ${employer}\n------\n\n`;
const files = (profile: string) => [
  {
    path: 'elections/x/election.yaml',
    text: 'name: x\nstart_datetime: 2027-01-01 00:00:01\nend_datetime: 2027-01-20 23:59:59\nno_winners: 1\nelection_officers: [bo]\n',
  },
  { path: 'elections/x/voters.yaml', text: 'eligible_voters: [ada]\n' },
  {
    path: 'elections/x/candidate-template.md',
    text: '------\nname: Your Name\nID: GitHubID\ninfo:\n  - employer: Your employer or "Independent"\n------\n\n## What I do\n',
  },
  { path: 'elections/x/candidate-ada.md', text: profile },
];
const said = (profile: string, now = Date.UTC(2026, 11, 1)) =>
  lintTree('elections', files(profile), { now })
    .elections[0]?.diagnostics.filter(({ code }) => code === 'candidate-placeholder')
    .map(({ message }) => message);

describe('what a template says', () => {
  it('is told where a candidate left it, until voting begins', () => {
    const left = header('Your employer or "Independent"') + '## What I do\n\n<!-- say it -->\n';
    expect(said(left)).toEqual([
      `The field "employer" still says what the template says: "Your employer or "Independent"".`,
      'The profile has headings and nothing below them.',
    ]);
    expect(said(left, Date.UTC(2027, 0, 3))).toEqual([]);
  });

  it('is nothing to tell of where it was filled in', () => {
    expect(said(header('Acme') + '## What I do\n\nThings.\n')).toEqual([]);
  });
});
