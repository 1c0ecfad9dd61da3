/** What is to be told at this moment: by dates and states that are public, never by what a voter did. */
import type { ElectionKey, Instant, Stage } from '@elekto/election';
import type { AnnouncementCode } from '@elekto/words';

export interface Moments {
  readonly key: ElectionKey;
  readonly stage: Stage;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** When the server saw its result in git; null before. */
  readonly publishedAt: Instant | null;
  /** When this server last saw that it could not open though its start had passed; null when it never did. */
  readonly waitedUntil: Instant | null;
}

export interface Due {
  readonly key: ElectionKey;
  readonly code: AnnouncementCode;
  /** The moment it is about, by which it is told once. */
  readonly at: Instant;
}

const DAY = 86_400_000;
/** What is older is told no more: a server that comes back after a week does not tell people what they know. */
export const TOLD_FOR = DAY;

const OVER: readonly Stage[] = ['closed', 'counted', 'published'];

/** What is due of one election; `days` before its end it is reminded, where voting is open for longer. */
export function dueOf(election: Moments, days: readonly number[], now: Instant): readonly Due[] {
  const { key, stage, opensAt, closesAt, publishedAt, waitedUntil } = election;
  const fresh = (at: Instant): boolean => at <= now && now < at + TOLD_FOR;
  const due = (code: AnnouncementCode, at: Instant): Due => ({ key, code, at });
  if (stage === 'open') {
    const reminders = days.map((each) => closesAt - each * DAY).filter((at) => at > opensAt && fresh(at));
    const last = reminders.toSorted((a, b) => a - b).at(-1);
    return [
      ...(fresh(Math.max(opensAt, waitedUntil ?? opensAt)) ? [due('opening', opensAt)] : []),
      // Of two that are late the later one says the same.
      ...(last === undefined ? [] : [due('reminder', last)]),
    ];
  }
  return [
    ...(OVER.includes(stage) && fresh(closesAt) ? [due('closing', closesAt)] : []),
    ...(stage === 'published' && publishedAt !== null && fresh(publishedAt)
      ? [due('result', publishedAt)]
      : []),
  ];
}
