/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { readInstant } from '@elekto/election';

/** How a moment was read: in the form that every election.yaml has, UTC without saying so; or why it was not. */
export type ReadMoment =
  | { readonly ok: true; readonly utc: string }
  | { readonly ok: false; readonly why: string };

/** A day, perhaps a time, and the name of a zone. */
const NAMED =
  /^(\d{4}-\d{1,2}-\d{1,2})(?:[Tt ]\s*(\d{1,2}:\d{2}(?::\d{2})?))?\s+(AoE|Anywhere on Earth|[A-Za-z]+(?:\/[\w+-]+)+)$/i;
const DAY = 86_400_000;

/**
 * Reads a moment in UTC, with an offset (`+02:00`), in a zone of the IANA database (`Europe/Berlin`), or "AoE", Anywhere on Earth,
 * the zone UTC-12 where a day ends last. A day alone is its first second, or its last when `isEnd`.
 */
export function readMoment(text: string, isEnd: boolean): ReadMoment {
  const [, day = '', time = isEnd ? '23:59:59' : '00:00:00', zone] = NAMED.exec(text.trim()) ?? [];
  if (zone === undefined) return ofInstant(readInstant(text, isEnd));
  if (!zone.includes('/')) return ofInstant(readInstant(`${day} ${time} -12:00`, isEnd));
  const local = readInstant(`${day} ${time}`, isEnd);
  if (!local.ok) return ofInstant(local);
  const offsets = [local.at - DAY, local.at + DAY].map((near) => offsetIn(zone, near));
  if (offsets.includes(null))
    return { ok: false, why: `names no zone that is known: "${zone}". Europe/Berlin is one.` };
  const meant = offsets
    .map((offset) => local.at - (offset ?? 0))
    .filter((at) => at + (offsetIn(zone, at) ?? NaN) === local.at)
    .toSorted((a, b) => a - b);
  // Where clocks are put back an hour comes twice: an election has both.
  const at = isEnd ? meant.at(-1) : meant[0];
  if (at === undefined) return { ok: false, why: `does not exist in ${zone}: clocks are put forward then.` };
  return { ok: true, utc: written(at) };
}

/** The form of election.yaml. */
export function written(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

function ofInstant(read: ReturnType<typeof readInstant>): ReadMoment {
  return read.ok ? { ok: true, utc: written(read.at) } : { ok: false, why: `${read.why}. ${read.hint}` };
}

/** How much later it is in a zone than in UTC at a moment, in ms; null for no zone. */
function offsetIn(timeZone: string, at: number): number | null {
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(at);
    const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
    const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    return shown - at;
  } catch {
    return null;
  }
}
