import { describe, expect, it } from 'vitest';
import { demoElections, NOW, stageElections } from '../../../tests/harness/fixtures.ts';
import { announcementsOf, fittingNow, mentionBatches, mentionsLead } from './announce.ts';

const all = [...demoElections(), ...stageElections()].map(({ overview }) => overview);
const of = (key: string) => {
  const found = all.find((overview) => overview.key === key);
  if (found === undefined) throw new Error(key);
  return found;
};
const textOf = (election: ReturnType<typeof of>, code: string): string | null =>
  announcementsOf(election, 'https://vote.example.org').find((each) => each.code === code)?.text ?? null;

const HOUR = 3_600_000;

describe('announcements', () => {
  it('say what is elected, until when, and where', () => {
    const text = textOf(of('steering---term-4'), 'opening');
    expect(text).toContain('# Voting is open: Steering Committee, fourth term');
    expect(text).toContain('https://vote.example.org/elections/steering---term-4/');
    expect(text).toMatch(/ends? on|until \*\*/);
    expect(text).toContain('Ask for an exception on that page until');
  });

  it('tell nobody of a vote on nobody', () => {
    const bare = { ...of('maintainers---storage'), candidates: 0 };
    for (const { text } of announcementsOf(bare, null)) expect(text).toBeNull();
    expect(announcementsOf(bare, null)[0]?.wait).toBe('There is nothing to announce before somebody stands.');
  });

  it('promise a change of the ballot to nobody without its passphrase', () => {
    const text = textOf(of('steering---term-4'), 'reminder');
    expect(text).toContain('With the passphrase of your ballot you can change it until then.');
  });

  it('announce no result before it is published, and none with an open tie', () => {
    expect(textOf(of('steering---term-4'), 'result')).toBeNull();
    const election = of('agreed');
    const ada = { id: 'ada', name: 'Ada' };
    const published = { ...election.published, elected: [ada], openTies: 0 };
    expect(textOf({ ...election, published }, 'result')).toContain('**Elected: Ada.**');
    expect(textOf({ ...election, published: { ...published, openTies: 1 } }, 'result')).toBeNull();
    expect(textOf({ ...election, published: { ...published, elected: [] } }, 'result')).toContain(
      '**Nobody is elected.**',
    );
  });

  it('offer first what fits the moment, and to nobody that voting is open when it is not', () => {
    const election = of('steering---term-4');
    const { opensAt, closesAt } = election;
    const fits = (at: number, more: object = {}) => fittingNow({ ...election, ...more }, at);
    const elected = { published: { ...election.published, elected: [{ id: 'ada', name: 'Ada' }] } };
    expect([
      fits(opensAt - 1),
      fits(opensAt + HOUR),
      fits(opensAt + 25 * HOUR),
      fits(closesAt),
      fits(closesAt + 1),
      fits(closesAt + 1, elected),
      fits(NOW, { stage: 'waiting' }),
      fits(opensAt + HOUR, { closesAt: opensAt + 48 * HOUR }),
    ]).toEqual(['opening', 'opening', 'reminder', 'reminder', 'closing', 'result', 'opening', 'reminder']);
    expect(textOf(election, 'closing')).toContain('# Voting has ended');
  });

  it('show names as they are, whatever Markdown they would be', () => {
    const text = textOf({ ...of('steering---term-4'), name: '[Vote](https://evil.example) <b>*' }, 'opening');
    expect(text).not.toContain('[Vote](');
    expect(text).not.toContain('<b>');
  });
});

describe('mentions', () => {
  it('name everybody once, fifty at a time, and nothing that is no login', () => {
    const voters = [
      ...Array.from({ length: 120 }, (_, index) => ({ login: `voter-${index}`, line: index })),
      { login: 'Voter-3', line: 200 },
      { login: 'someone@example.org', line: 201 },
      { login: 'a b', line: 202 },
    ];
    const batches = mentionBatches(voters);
    expect(batches.map((batch) => batch.split(' ').length)).toEqual([50, 50, 20]);
    expect(batches.join(' ').toLowerCase().split('@voter-3 ')).toHaveLength(2);
    expect(batches.join(' ')).not.toContain('example.org');
    expect(mentionBatches([])).toEqual([]);
  });
});

it.each([
  ['GitHub', 'https://github.com', 'GitHub notifies at most 50 people of one comment.'],
  ['GitLab', 'https://gitlab.example.org', 'so all are named.'],
  ['Example ID', null, 'A mention reaches people only in a place where they have the same login.'],
])('mentions are explained by the provider: %s', (name, profiles, end) => {
  const lead = mentionsLead({ name, profiles });
  expect(lead).toContain(`by their login at ${name}, at most 50 in one comment.`);
  expect(lead.endsWith(end), lead).toBe(true);
  expect(lead.includes('GitHub')).toBe(name === 'GitHub');
});

it('mentions name two people whose logins differ in case only where the provider tells them apart', () => {
  const voters = ['Ada', 'ada'].map((login, index) => ({ login, line: index + 2 }));
  expect(mentionBatches(voters)).toEqual(['@ada']);
  expect(mentionBatches(voters, { logins: 'exact' })).toEqual(['@Ada @ada']);
});
