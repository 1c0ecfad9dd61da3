import { describe, expect, it } from 'vitest';
import type { CeremonyView } from '../../../shared/keys.ts';
import { silenceOf } from './ceremony-words.ts';

const DAY = 86_400_000;
const OPENS = Date.UTC(2026, 11, 1);

/** What is said at this moment of an election that waits for the key of a ceremony in which bo is silent. */
function saidOfElection(now: number): string | undefined {
  const ceremony: CeremonyView = {
    ...{
      file: 'keys/2026.json',
      path: 'elections/keys/2026.json',
      kind: 'election',
      threshold: 2,
      until: '2027-12-31',
    },
    officers: [],
    ...{ state: 'dealing', waitingFor: ['bo'], silent: [{ login: 'bo', since: 0, isOverdue: true }] },
    ...{
      takes: 7 * DAY,
      words: null,
      dispute: null,
      reason: null,
      step: 'over',
      transcript: null,
      inGit: false,
      unheard: [],
    },
    elections: [{ key: 'steering', name: 'Steering', opensAt: OPENS, ready: [] }],
  };
  return silenceOf(ceremony, now).at(-1);
}

describe('when an election opens whose officers have no key yet,', () => {
  it('the last day for a new ceremony is named while it is ahead, then what is left to do', () => {
    expect(saidOfElection(OPENS - 7 * DAY - 1)).toContain('begin a new ceremony by');
    for (const now of [OPENS - 7 * DAY, OPENS - 1]) {
      expect(saidOfElection(now)).not.toContain('begin a new ceremony by');
      expect(saidOfElection(now)).toContain(
        'A new ceremony takes 7 days, too long before that: move its start, or take custody out of its file',
      );
    }
    expect(saidOfElection(OPENS)).toBe('Steering waits for this key, and does not open without one.');
  });
});
