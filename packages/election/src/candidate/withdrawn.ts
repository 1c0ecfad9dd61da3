import { readInstant } from '../instant.ts';
import type { Candidate, Withdrawal } from '../model.ts';
import type { Place, Report } from '../report.ts';
import { quoted, trimInvisible } from '../text.ts';
import { isNothing, type YamlEntry } from '../yaml/tree.ts';

const YES = /^(?:true|yes|on|y|1)$/i;
const NO = /^(?:false|no|off|n|0)$/i;
/** A day, perhaps with a time, and what stands behind it. */
const DAY_FIRST =
  /^(\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]\d{1,2}:\d{2}(?::\d{2})?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?)?)(?:$|[\s,;:.\u2013\u2014-]+)([^]*)$/;
const LONGEST_REASON = 500;

/**
 * `withdrawn:` of a candidate's header: `true`, a day (`2027-09-03`), a reason, or a day and then a reason.
 * Undefined for somebody who stands: the key is missing, empty (with a warning) or `false`. Anything else
 * that is written is taken for a reason, for nobody writes the key about a candidate who stands.
 */
export function readWithdrawn(entry: YamlEntry | undefined, report: Report): Withdrawal | undefined {
  if (!entry) return undefined;
  const { value } = entry;
  const place = value.place.line > 0 ? value.place : entry.place;
  const text = trimInvisible(value.kind === 'scalar' ? value.text : entry.source).replace(/\s+/g, ' ');
  if (text === '' || isNothing(value)) {
    report.warning(
      'candidate-withdrawn-empty',
      place,
      '"withdrawn:" says nothing, so the candidate stands.',
      'Write "withdrawn: true", a date or the reason, or remove the line.',
    );
    return undefined;
  }
  if (NO.test(text)) return undefined;
  if (value.kind !== 'scalar')
    report.warning(
      'candidate-withdrawn-not-text',
      place,
      '"withdrawn:" is not a text; the candidate was taken for withdrawn.',
      'Write "withdrawn: true", a date or the reason, in quotation marks.',
    );
  report.info(
    'candidate-withdrawn',
    place,
    'The candidate has withdrawn: not on the ballot, or, once somebody has voted, counted without.',
    '',
  );
  return YES.test(text) ? { on: null, reason: '' } : dated(text, place, report);
}

function dated(text: string, place: Place, report: Report): Withdrawal {
  const [, day = '', rest = ''] = DAY_FIRST.exec(text) ?? [];
  const read = day === '' ? null : readInstant(day, false);
  if (read && !read.ok)
    report.warning(
      'candidate-withdrawn-date',
      place,
      `The day of the withdrawal ${read.why}: ${quoted(day)}. It was read as a part of the reason.`,
      'Write YYYY-MM-DD.',
    );
  const reason = read?.ok ? rest.trim() : text;
  if (reason.length > LONGEST_REASON)
    report.warning(
      'candidate-withdrawn-long',
      place,
      `The reason is longer than ${LONGEST_REASON} characters and was cut.`,
      'Shorten it; put the rest into the bio.',
    );
  return {
    on: read?.ok ? new Date(read.at).toISOString().slice(0, 10) : null,
    reason: reason.slice(0, LONGEST_REASON),
  };
}

/** Who stands: everybody who has not withdrawn, in the order given. */
export function standing<T extends Pick<Candidate, 'withdrawn'>>(candidates: readonly T[]): readonly T[] {
  return candidates.filter((candidate) => candidate.withdrawn === undefined);
}
