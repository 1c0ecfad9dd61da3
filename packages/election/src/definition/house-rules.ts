import { foldFieldValue } from '../candidate/field-value.ts';
import type { HouseRules, Ratio, RepresentationLimit } from '../model.ts';
import type { Place } from '../report.ts';
import { quoted, trimInvisible } from '../text.ts';
import type { YamlEntry } from '../yaml/tree.ts';
import { given, placeOf, type Fields } from './fields.ts';
import { innerOf, textOf, wholeIn, wrong, WRONG, type Reading } from './readings.ts';
import { readTerms, readVacancies } from './terms.ts';

/** The rules about seats beside the limit, none of them if none is given; undefined with an error for one that is wrong. */
export function readHouseRules(
  fields: Fields,
  seats: number,
  limit: RepresentationLimit | null,
): HouseRules | undefined {
  const quorum = readQuorum(fields);
  const minimumShare = readShare(fields);
  const noneOfTheAbove = readNone(fields);
  const groups = readGroups(fields, seats, limit);
  const terms = readTerms(fields, seats);
  const vacancies = readVacancies(fields);
  if (quorum === WRONG || minimumShare === WRONG || noneOfTheAbove === WRONG) return undefined;
  if (groups === WRONG || terms === WRONG || vacancies === WRONG) return undefined;
  if (noneOfTheAbove !== null) askWhatLeavingOutMeans(fields);
  return {
    ...(quorum === null ? {} : { quorum }),
    ...(minimumShare === null ? {} : { minimumShare }),
    ...(noneOfTheAbove === null ? {} : { noneOfTheAbove }),
    ...(groups === null ? {} : { groups }),
    ...(terms === null ? {} : { terms }),
    ...(vacancies === null ? {} : { vacancies }),
  };
}

/** Who ranks three people and stops has to know whether that was for them against none of the above. */
function askWhatLeavingOutMeans(fields: Fields): void {
  const entry = given(fields, 'none_of_the_above');
  if (entry === null || given(fields, 'unranked') !== null) return;
  fields.report.warning(
    'none-of-the-above-unranked',
    placeOf(entry),
    'A ballot that does not rank none of the above says nothing about it, so that a few others can bar everybody.',
    'Write "unranked: last" where leaving out means last, or "unranked: no-opinion" to keep it so.',
  );
}

function readQuorum(fields: Fields): Reading<NonNullable<HouseRules['quorum']>> {
  const entry = given(fields, 'quorum');
  if (entry === null) return null;
  const share = shareIn(entry);
  const ballots = wholeIn(textOf(entry));
  if (share !== null) return share;
  if (ballots !== null && ballots > 0) return { ballots };
  return wrong(
    fields,
    'quorum-invalid',
    placeOf(entry),
    '"quorum" is neither a number of ballots nor a share of the roll.',
    'Write "quorum: 50", "quorum: 1/3" or "quorum: 25%".',
  );
}

function readShare(fields: Fields): Reading<Ratio> {
  const entry = given(fields, 'minimum_share');
  if (entry === null) return null;
  return (
    shareIn(entry) ??
    wrong(
      fields,
      'minimum-share-invalid',
      placeOf(entry),
      '"minimum_share" is no share of the ballots.',
      'Write "minimum_share: 1/10" or "minimum_share: 10%".',
    )
  );
}

function readNone(fields: Fields): Reading<NonNullable<HouseRules['noneOfTheAbove']>> {
  const entry = given(fields, 'none_of_the_above');
  if (entry === null) return null;
  const said = (what: string, place: Place = placeOf(entry)): typeof WRONG =>
    wrong(
      fields,
      'none-of-the-above-invalid',
      place,
      `"none_of_the_above" ${what}.`,
      'Write the ID of the candidate that stands for nobody, or below it "  candidate: ID" and what else holds.',
    );
  const simple = { rule: 'seats', majority: { part: 1, whole: 1 }, support: 0 } as const;
  if (entry.value.kind === 'scalar') return { candidate: trimInvisible(entry.value.text), ...simple };
  if (entry.value.kind !== 'map') return said('names no candidate');
  const inner = innerOf(fields, 'none_of_the_above', entry, ['candidate', 'rule', 'majority', 'support']);
  const candidate = inner.get('candidate');
  if (candidate === undefined || textOf(candidate) === '') return said('names no candidate');
  const rule = textOf(inner.get('rule')) || 'seats';
  if (rule !== 'seats' && rule !== 'drop')
    return said('has a rule that is neither seats nor drop', inner.get('rule')?.place);
  const majority = inner.has('majority') ? majorityIn(textOf(inner.get('majority'))) : simple.majority;
  if (majority === null)
    return said('has a majority that is no ratio from 1, such as 2 or 3/2', inner.get('majority')?.place);
  const support = inner.has('support') ? wholeIn(textOf(inner.get('support'))) : 0;
  if (support === null)
    return said('has a support that is no number of ballots', inner.get('support')?.place);
  return { candidate: textOf(candidate), rule, majority, support };
}

function readGroups(
  fields: Fields,
  available: number,
  limit: RepresentationLimit | null,
): Reading<NonNullable<HouseRules['groups']>> {
  const entry = given(fields, 'group_seats');
  if (entry === null) return null;
  const said = (what: string, place: Place = placeOf(entry)): typeof WRONG =>
    wrong(
      fields,
      'group-seats-invalid',
      place,
      `"group_seats" ${what}.`,
      'Write "group_seats:" and below it "  field: region", "  seats:" and for each group "    EMEA: 1".',
    );
  if (entry.value.kind !== 'map') return said('needs a field and the seats of each group');
  const inner = innerOf(fields, 'group_seats', entry, ['field', 'seats']);
  const field = textOf(inner.get('field'));
  const table = inner.get('seats');
  if (field === '') return said('names no field');
  if (table?.value.kind !== 'map' || table.value.entries.length === 0)
    return said('keeps seats for no group', table?.place);
  const seats = new Map<string, number>();
  const seen = new Set<string>();
  for (const each of table.value.entries) {
    const group = trimInvisible(each.key);
    const number = wholeIn(textOf(each));
    if (number === null || number < 1)
      return said(`keeps no whole number of seats for ${quoted(group)}`, each.place);
    if (foldFieldValue(group) === '' || seen.has(foldFieldValue(group)))
      return said(`names ${quoted(group)} twice`, each.place);
    seen.add(foldFieldValue(group));
    seats.set(group, number);
  }
  const kept = [...seats.values()].reduce((sum, number) => sum + number, 0);
  if (kept > available) return said(`keeps ${kept} of ${available} seats`);
  if (limit !== null && foldFieldValue(limit.field) !== foldFieldValue(field))
    return said(
      `looks at ${quoted(field)} and the limit at ${quoted(limit.field)}, which may contradict each other`,
    );
  if (limit !== null && [...seats.values()].some((number) => number > limit.max))
    return said(`keeps more for a group than the ${limit.max} that the limit allows it`);
  return { field: limit?.field ?? field, seats: Object.fromEntries(seats) };
}

/** `1/3` or `25%`, from 0 to 1. */
function shareIn(entry: YamlEntry): Ratio | null {
  const match = /^(\d{1,4})\s*(?:%|\/\s*(\d{1,4}))$/.exec(textOf(entry));
  if (match === null) return null;
  const [part, whole] = [Number(match[1]), match[2] === undefined ? 100 : Number(match[2])];
  return part >= 1 && part <= whole ? { part, whole } : null;
}

/** `2`, `3/2` or `3:2`, from 1. */
function majorityIn(text: string): Ratio | null {
  const match = /^(\d{1,4})(?:\s*[:/]\s*(\d{1,4}))?$/.exec(text);
  if (match === null) return null;
  const [part, whole] = [Number(match[1]), Number(match[2] ?? 1)];
  return whole >= 1 && part >= whole ? { part, whole } : null;
}
