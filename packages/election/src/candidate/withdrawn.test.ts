import { describe, expect, it } from 'vitest';
import { readCandidate } from './read-candidate.ts';
import { standing } from './withdrawn.ts';

const DASHES = '-'.repeat(61);
const read = (...lines: string[]) => {
  const text = [DASHES, 'name: Ada Lovelace', 'ID: ada', ...lines, DASHES, '', 'A bio.', ''].join('\n');
  const { candidate, diagnostics } = readCandidate('candidate-ada.md', text);
  return {
    candidate,
    withdrawn: candidate?.withdrawn,
    said: diagnostics.map((d) => `${d.severity} ${d.code}`),
  };
};

describe('a candidate who has withdrawn', () => {
  it.each([
    ['true', null, ''],
    ['yes', null, ''],
    ['2027-09-03', '2027-09-03', ''],
    ['2027-09-03 23:30:00', '2027-09-03', ''],
    ['2027-09-03 23:30:00 -02:00', '2027-09-04', ''],
    ['2027-09-03, moved to another company', '2027-09-03', 'moved to another company'],
    ['2027-09-03: moved', '2027-09-03', 'moved'],
    ['moved to another company', null, 'moved to another company'],
    ['"on 3 September: no time"', null, 'on 3 September: no time'],
    ['no time any more', null, 'no time any more'],
  ])('may write %j', (value, on, reason) => {
    const { candidate, withdrawn, said } = read(`withdrawn: ${value}`);
    expect(withdrawn).toEqual({ on, reason });
    expect(candidate).toMatchObject({ id: 'ada', name: 'Ada Lovelace', fields: [], bio: '\nA bio.\n' });
    expect(said.filter((each) => !each.includes('yaml-unquoted'))).toEqual(['info candidate-withdrawn']);
  });

  it('may write the reason over several lines and in a block, and it is one line', () => {
    expect(read('withdrawn: >-', '  moved to', '  another company').withdrawn?.reason).toBe(
      'moved to another company',
    );
    expect(read('withdrawn: |', '  moved', '', '  away').withdrawn?.reason).toBe('moved away');
  });

  it('is found in a header that is no YAML', () => {
    const { candidate, withdrawn } = read('withdrawn: moved', 'info: [');
    expect(candidate?.id).toBe('ada');
    expect(withdrawn).toEqual({ on: null, reason: 'moved' });
  });

  it('may spell the key otherwise, with a warning', () => {
    const { withdrawn, said } = read('Withdrawn: true');
    expect(withdrawn).toEqual({ on: null, reason: '' });
    expect(said).toContain('warning candidate-key-spelling');
  });

  it('is told that a day does not exist', () => {
    const { withdrawn, said } = read('withdrawn: 2027-02-30 ill');
    expect(withdrawn).toEqual({ on: null, reason: '2027-02-30 ill' });
    expect(said).toContain('warning candidate-withdrawn-date');
  });

  it('has a reason of a bearable length', () => {
    const { withdrawn, said } = read(`withdrawn: ${'so '.repeat(400)}`);
    expect(withdrawn?.reason).toHaveLength(500);
    expect(said).toContain('warning candidate-withdrawn-long');
  });

  it('is taken for withdrawn where the value is a list', () => {
    const { withdrawn, said } = read('withdrawn: [moved, away]');
    expect(withdrawn).toEqual({ on: null, reason: '[moved, away]' });
    expect(said).toContain('warning candidate-withdrawn-not-text');
  });
});

describe('a candidate who stands', () => {
  it.each(['false', 'no', 'False'])('may write %j without a word', (value) => {
    expect(read(`withdrawn: ${value}`)).toMatchObject({ withdrawn: undefined, said: [] });
  });

  it.each(['', ' ~', ' null', ' ""'])('stands when nothing is said (%j), with a warning', (value) => {
    expect(read(`withdrawn:${value}`)).toMatchObject({
      withdrawn: undefined,
      said: ['warning candidate-withdrawn-empty'],
    });
  });

  it.each([
    [['info:', '  - withdrawn: true']],
    [['info:', '  - Withdrew: 2027-01-01']],
    [['withdrew: true']],
  ])('stands though a field says otherwise (%j), with a warning', (lines) => {
    const { withdrawn, said } = read(...lines);
    expect(withdrawn).toBeUndefined();
    expect(said).toContain('warning candidate-withdrawn-misplaced');
  });

  it('is who has no such line', () => {
    const [ada, grace] = [read().candidate, read('withdrawn: true').candidate];
    expect(standing([ada, grace].flatMap((each) => each ?? []))).toEqual([ada]);
  });
});
