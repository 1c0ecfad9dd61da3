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

/** What may not be meant about a window of voting; `now` in milliseconds. */
export function doubts(start: string, end: string, now: number): readonly string[] {
  const found: string[] = [];
  if (at(end) <= now) found.push('the election has ended already; one that begins like this never opens.');
  else if (at(start) <= now) found.push('voting would begin at once: the start has passed.');
  if (at(end) - at(start) < 72 * HOUR)
    found.push('voting takes less than three days, and some people are away.');
  if (end.endsWith('00:00:00'))
    found.push(`voting ends as ${end.slice(0, 10)} begins; 23:59:59 is the end of a day.`);
  return found;
}

/** What stands for something of one's own in a new election, by the options that were `given`. */
export function placeholders(given: ReadonlySet<string>): readonly string[] {
  const left = [
    ...(given.has('organization') ? [] : ['organization']),
    ...(given.has('officers') ? [] : ['election_officers (octocat is somebody else)']),
  ];
  return left.length === 0 ? [] : [`election.yaml has placeholders, write yours: ${left.join(', ')}.`];
}
