import { quoted } from '../text.ts';
import { given, placeOf, type Fields } from './fields.ts';

const HOUR = 3_600_000;
/** A week: whoever is away for a weekend still finds the time. */
const MOST_HOURS = 168;

/** What is meant where nothing is said: a day. */
export const INSPECTION = 24 * HOUR;

/** `inspection_hours:` in ms: for how long a closed box is open to inspection before officers mix it; null when not given. */
export function readInspection(fields: Fields): number | null {
  const entry = given(fields, 'inspection_hours');
  if (!entry) return null;
  const text = entry.value.kind === 'scalar' ? entry.value.text.trim() : entry.source;
  const hours = /^\d{1,4}$/.test(text) ? Number(text) : null;
  if (hours === null || hours > MOST_HOURS) {
    fields.report.error(
      'inspection-invalid',
      placeOf(entry),
      `"inspection_hours" is no number of hours: ${quoted(text)}. 24 were assumed.`,
      `Write a whole number from 0 to ${MOST_HOURS}.`,
    );
    return null;
  }
  if (hours < 12)
    fields.report.warning(
      'inspection-short',
      placeOf(entry),
      `With "inspection_hours: ${hours}" few voters have the time to look for their ballots before the count.`,
      'Leave it out for 24 hours.',
    );
  return hours * HOUR;
}
