import { describe, expect, it } from 'vitest';
import { opens } from './opens.ts';
import { readElection } from './tree/read-election.ts';

const YAML =
  'name: Steering\nstart_datetime: 2026-01-01 00:00:00\nend_datetime: 2026-02-01 00:00:00\nno_winners: 1\nelection_officers: [a]\n';
const ROLL = 'eligible_voters: [a]';
const candidate = (id: string, line = ''): string => `---\nname: ${id}\nID: ${id}\n${line}---\nBio\n`;

function read(files: Record<string, string>) {
  const { election, diagnostics } = readElection(
    'x',
    '',
    Object.entries({ 'election.yaml': YAML, ...files }).map(([name, text]) => ({ path: `x/${name}`, text })),
  );
  if (!election) throw new Error('unreadable');
  return { waiting: opens(election).waiting, codes: diagnostics.map((d) => d.code), diagnostics };
}

describe('an election that waits', () => {
  it.each([
    ['without a candidate', { 'voters.yaml': ROLL }, 'no-candidates'],
    ['whose only candidate cannot be read', { 'voters.yaml': ROLL, 'candidate-a.md': 'x' }, 'no-candidates'],
    [
      'whose only candidate has withdrawn',
      { 'voters.yaml': ROLL, 'candidate-a.md': candidate('a', 'withdrawn: true\n') },
      'no-candidates',
    ],
    ['without a roll', { 'candidate-a.md': candidate('a') }, 'voters-missing'],
    [
      'whose roll is no list',
      { 'voters.yaml': 'nobody', 'candidate-a.md': candidate('a') },
      'voters-unreadable',
    ],
    ['whose roll is no YAML', { 'voters.yaml': '[', 'candidate-a.md': candidate('a') }, 'voters-unreadable'],
  ])('%s says so in one code, at a file and with a hint', (_, files, code) => {
    const { waiting, diagnostics } = read(files);
    expect(waiting).toBe(code);
    const said = diagnostics.filter((d) => d.code === code);
    expect(said).toHaveLength(1);
    expect(said[0]?.hint).not.toBe('');
  });
});

describe('an election that can open', () => {
  it.each([
    ['with a candidate and a roll', { 'voters.yaml': ROLL, 'candidate-a.md': candidate('a') }],
    [
      'beside a candidate whose file is broken',
      { 'voters.yaml': ROLL, 'candidate-a.md': candidate('a'), 'candidate-b.md': 'no header' },
    ],
    [
      'beside a candidate who has withdrawn',
      {
        'voters.yaml': ROLL,
        'candidate-a.md': candidate('a'),
        'candidate-b.md': candidate('b', 'withdrawn: ill\n'),
      },
    ],
    [
      'with an empty roll, which exceptions may fill',
      { 'voters.yaml': '', 'candidate-a.md': candidate('a') },
    ],
  ])('is one %s', (_, files) => {
    const { waiting, codes } = read(files);
    expect(waiting).toBeNull();
    expect(codes).not.toContain('no-candidates');
  });
});
