/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */

const HOUR = 3_600_000;
const at = (moment: string): number => Date.parse(`${moment.replace(' ', 'T')}Z`);
const shown = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

/** First and last moment in UTC, and at the place where a day ends last ("Anywhere on Earth", UTC-12). */
export function inZones(start: string, end: string): readonly string[] {
  const line = (what: string, moment: string): string =>
    `${what} ${moment} UTC, ${shown(at(moment) - 12 * HOUR)} Anywhere on Earth`;
  return [line('From ', start), line('Until', end)];
}

/** What is strange about a new election whose first or last moment has passed; `now` in milliseconds. Later it is no fault. */
export function begun(start: string, end: string, now: number): readonly string[] {
  if (at(end) <= now) return ['The election has ended already; one that begins like this never opens.'];
  return at(start) <= now ? ['Voting would begin at once: the start has passed.'] : [];
}
