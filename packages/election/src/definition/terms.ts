import type { HouseRules } from '../model.ts';
import type { Place } from '../report.ts';
import { readTerm } from '../term.ts';
import { quoted } from '../text.ts';
import { given, placeOf, type Fields } from './fields.ts';
import { innerOf, textOf, wholeIn, wrong, type Reading, type WRONG } from './readings.ts';

/** Seats of different terms, in the order in which those who are placed first take them. */
export function readTerms(fields: Fields, available: number): Reading<NonNullable<HouseRules['terms']>> {
  const entry = given(fields, 'terms');
  if (entry === null) return null;
  const said = (what: string, place: Place = placeOf(entry)): typeof WRONG =>
    wrong(
      fields,
      'terms-invalid',
      place,
      `"terms" ${what}.`,
      'Write "terms:" and below it for each term "  - seats: 3" and "    term: 2 years", the first for those who are placed first.',
    );
  if (entry.value.kind !== 'list' || entry.value.items.length === 0)
    return said('is no list of seats and how long they are for');
  const terms: { seats: number; term: string }[] = [];
  for (const item of entry.value.items) {
    const inner = innerOf(fields, 'terms', { value: item }, ['seats', 'term']);
    const seats = wholeIn(textOf(inner.get('seats')));
    if (seats === null || seats < 1) return said('needs a whole number of seats for each', item.place);
    const term = termIn(textOf(inner.get('term')));
    if (term === null) return said('needs a time or a last day for each', item.place);
    if (terms.some((each) => each.term === term)) return said(`has ${quoted(term)} twice`, item.place);
    terms.push({ seats, term });
  }
  const together = terms.reduce((sum, { seats }) => sum + seats, 0);
  if (together !== available) return said(`is about ${together} of ${available} seats`);
  if (given(fields, 'term') !== null) return said('and "term" both say how long people serve');
  return terms;
}

/** A term in the one way of writing that `readTerm` reads again: "2 years", "18 months", or the day as it stands. */
function termIn(text: string): string | null {
  const term = readTerm(text);
  if (term === null || 'until' in term) return term === null ? null : text;
  const [n, unit] = term.months % 12 === 0 ? [term.months / 12, 'year'] : [term.months, 'month'];
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

/** How a seat is filled that falls vacant. */
export function readVacancies(fields: Fields): Reading<NonNullable<HouseRules['vacancies']>> {
  const entry = given(fields, 'vacancies');
  if (entry === null) return null;
  if (textOf(entry).toLowerCase() === 'count-back') return 'count-back';
  return wrong(
    fields,
    'vacancies-invalid',
    placeOf(entry),
    '"vacancies" is not count-back.',
    'Write "vacancies: count-back", or leave it out where seats are filled in another way.',
  );
}
