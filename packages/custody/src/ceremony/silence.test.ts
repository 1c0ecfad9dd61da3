import { toHex } from '@elekto/wire';
import { describe, expect, it } from 'vitest';
import { headerOf, keyOf, runCeremony } from '../testing.ts';
import { type Post, signPost } from './post.ts';
import { CEREMONY_TAKES_MS, type Waits, watchCeremony } from './silence.ts';
import { nextPosts } from './take-part.ts';

const header = headerOf(3, 2);
const posts = await runCeremony(header, [1, 2, 3].map(keyOf));
const deals = posts.slice(0, 3);
const id = toHex(header.ceremonyId);
const [MONDAY, DAY] = [Date.UTC(2026, 10, 2), 86_400_000];
const TUESDAY = MONDAY + DAY;
const LATE = TUESDAY + CEREMONY_TAKES_MS;
const complaint = signPost(header, 3, { kind: 'complaint', dealer: 2 }, keyOf(3).signSecret);
const disputed = [...deals, complaint];
/** What a computer finds that looked on Monday and on Tuesday, too. */
async function lookedAgain(some: readonly Post[], now: number, before: readonly Post[] = some) {
  return watchCeremony(header, some, await waitsOf(before, [MONDAY, TUESDAY]), now);
}
/** What a computer keeps that looked at these moments of its clock. */
async function waitsOf(some: readonly Post[], looks: readonly number[], kept: Waits = {}): Promise<Waits> {
  let waits = kept;
  for (const now of looks) ({ waits } = await watchCeremony(header, some, waits, now));
  return waits;
}
const steps = ({ stepOf }: Awaited<ReturnType<typeof watchCeremony>>): string[] => [1, 2, 3].map(stepOf);

describe('who is silent in a ceremony', () => {
  it.each([
    ['deal', deals.slice(1), 'dealing', 'officer-1', ['deal', 'over', 'over']],
    ['confirm', posts.slice(0, 5), 'confirming', 'officer-3', ['over', 'over', 'confirm']],
  ])(
    'is named without blame when they do not %s, since this computer waits for it',
    async (_, some, state, login, next) => {
      const soon = await lookedAgain(some, LATE - 1);
      expect(soon.silent).toEqual([{ login, since: TUESDAY, isOverdue: false }]);
      const late = await lookedAgain(some, LATE);
      expect(late.silent).toEqual([{ login, since: TUESDAY, isOverdue: true }]);
      expect(late.progress).toMatchObject({ state, reason: null });
      expect(steps(soon)).not.toContain('over');
      expect(steps(late), 'they can still do it; the others begin anew').toEqual(next);
    },
  );

  it('is the dealer who leaves a complaint unanswered: in time without blame, later with step and name', async () => {
    const soon = await lookedAgain(disputed, LATE - 1);
    expect(soon.progress).toMatchObject({ state: 'disputed', reason: null });
    expect(steps(soon)).toEqual(['wait', 'answer', 'wait']);
    const late = await lookedAgain(disputed, LATE);
    expect(late.progress.state).toBe('void');
    expect(late.progress.reason).toEqual({
      ...{ code: 'deal-unanswered', step: 'deal', party: 'officer-2' },
      message: 'Deal, officer-2: a complaint about it was not answered.',
    });
    expect(steps(late), 'whoever is named can still answer').toEqual(['over', 'answer', 'over']);
    const answered = [...disputed, ...(await nextPosts(header, disputed, keyOf(2)))];
    const judged = await watchCeremony(header, answered, late.waits, LATE);
    expect(judged.progress.reason).toMatchObject({ code: 'complaint-false', party: 'officer-3' });
    expect([judged.silent, judged.waits, steps(judged)]).toEqual([[], {}, ['over', 'over', 'over']]);
  });

  it('is silent about the next step from when that is waited for', async () => {
    const later = await lookedAgain(posts.slice(0, 5), MONDAY + 3 * DAY, deals.slice(0, 2));
    expect(later.silent).toEqual([{ login: 'officer-3', since: MONDAY + 3 * DAY, isOverdue: false }]);
    expect(later.waits).toEqual({
      [id]: { 'dealing 3': [MONDAY, TUESDAY], 'confirming 3': [MONDAY + 3 * DAY] },
    });
  });

  it('is silent about another complaint from when that one came', async () => {
    const other = signPost(header, 1, { kind: 'complaint', dealer: 2 }, keyOf(1).signSecret);
    const { silent, waits } = await lookedAgain([...deals, other], LATE, disputed);
    expect(silent).toEqual([{ login: 'officer-2', since: LATE, isOverdue: false }]);
    expect(waits).toEqual({ [id]: { 'disputed 2 3': [MONDAY, TUESDAY], 'disputed 2 1': [LATE] } });
  });

  it.each([
    ['the complaint', disputed, deals, 'void'],
    ['a deal', posts.slice(0, 5), deals.slice(0, 2), 'confirming'],
    ['all but two deals of a dispute', disputed, deals.slice(0, 2), 'void'],
  ])(
    'is waited for since the first looks, also when the server hid %s for one look',
    async (_, some, hidden, state) => {
      const first = await waitsOf(some, [MONDAY, TUESDAY]);
      const between = await watchCeremony(header, hidden, first, LATE - DAY);
      const late = await watchCeremony(header, some, between.waits, LATE);
      expect(late.silent).toMatchObject([{ since: TUESDAY, isOverdue: true }]);
      expect(late.progress.state).toBe(state);
    },
  );

  it('is the same of two complaints, in whatever order a server lists them: none makes the wait begin anew', async () => {
    const other = signPost(header, 1, { kind: 'complaint', dealer: 3 }, keyOf(1).signSecret);
    const late = await lookedAgain([...deals, complaint, other], LATE, [...deals, other, complaint]);
    expect(late.silent).toEqual([{ login: 'officer-3', since: TUESDAY, isOverdue: true }]);
    expect(late.progress.reason).toMatchObject({ code: 'deal-unanswered', party: 'officer-3' });
  });

  it('is nobody once all have confirmed; what is kept of other ceremonies stays', async () => {
    const others: Waits = { other: { 'dealing 1': [5] } };
    const { silent, waits } = await watchCeremony(
      header,
      posts,
      { ...others, [id]: { 'dealing 1': [5] } },
      LATE,
    );
    expect([silent, waits]).toEqual([[], others]);
  });

  it.each([
    ['years back, before all others', [MONDAY - 4000 * DAY, MONDAY, TUESDAY], MONDAY],
    ['some days back, before all others', [MONDAY - 5 * DAY, MONDAY - 5 * DAY + 1, MONDAY, TUESDAY], MONDAY],
    ['years back, after others', [MONDAY, TUESDAY, MONDAY - 4000 * DAY], MONDAY],
    ['years ahead, before all others', [MONDAY + 4000 * DAY, MONDAY, TUESDAY], TUESDAY],
    ['years ahead, after others', [MONDAY, TUESDAY, MONDAY + 4000 * DAY], TUESDAY],
  ])('is overdue by no look whose clock was %s', async (_, looks, since) => {
    const waits = await waitsOf(disputed, looks);
    const soon = await watchCeremony(header, disputed, waits, since + CEREMONY_TAKES_MS - 1);
    expect(soon.silent).toEqual([{ login: 'officer-2', since, isOverdue: false }]);
    expect(soon.progress.state).toBe('disputed');
    const late = await watchCeremony(header, disputed, waits, since + CEREMONY_TAKES_MS);
    expect(late.silent).toEqual([{ login: 'officer-2', since, isOverdue: true }]);
  });

  it('is never overdue by a first look alone, and since no later than now', async () => {
    const { silent } = await watchCeremony(header, disputed, await waitsOf(disputed, [MONDAY]), LATE);
    expect(silent).toEqual([{ login: 'officer-2', since: LATE, isOverdue: false }]);
    const back = await watchCeremony(header, disputed, await waitsOf(disputed, [MONDAY]), MONDAY - DAY);
    expect(back.silent).toEqual([{ login: 'officer-2', since: MONDAY - DAY, isOverdue: false }]);
  });
});
