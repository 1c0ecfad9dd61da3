import { describe, expect, it } from 'vitest';
import type { CeremonyView } from '../../../shared/keys.ts';
import { silenceOf } from './ceremony-words.ts';

const DAY = 86_400_000;
const OPENS = Date.UTC(2026, 11, 1);

/** What is said at this moment of an election that waits for the key of a ceremony in which bo is silent, for too long or not yet. */
function saidOfElection(
  now: number,
  isOverdue = true,
  state: 'dealing' | 'confirming' | 'disputed' = 'dealing',
): string | undefined {
  const ceremony: CeremonyView = {
    ...{
      file: 'keys/2026.json',
      path: 'elections/keys/2026.json',
      kind: 'election',
      threshold: 2,
      until: '2027-12-31',
    },
    officers: [],
    ...{ state, waitingFor: ['bo'], silent: [{ login: 'bo', since: 0, isOverdue }] },
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

  it.each(['dealing', 'confirming'] as const)(
    'a ceremony on course (%s) opens it, and the way out is said for the case that somebody stays away',
    (state) => {
      const opens = 'Steering opens on 1 December 2026, with this key if it is finished and merged by then.';
      expect(saidOfElection(OPENS - 7 * DAY - 1, false, state)).toBe(
        `${opens} If somebody stays away for good, begin a new ceremony by 24 November 2026.`,
      );
      for (const now of [OPENS - 7 * DAY, OPENS - 3 * DAY, OPENS - 1])
        expect(saidOfElection(now, false, state)).toBe(
          `${opens} If somebody stays away for good, move "start_datetime", or take "custody" out, and the server keeps the key.`,
        );
    },
  );

  it('a complaint ends the ceremony either way: what is left to do is said at once', () => {
    expect(saidOfElection(OPENS - 3 * DAY, false, 'disputed')).toContain('too long before that');
  });
});
