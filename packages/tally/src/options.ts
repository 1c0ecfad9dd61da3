import { byCodeUnits } from './by-code-units.ts';
import type { CountedOptions, CountOptions, NoneOfTheAbove, Ratio, SeatGroups, SeatTerm } from './model.ts';
import { CountError } from './model.ts';
import { limitInSeats } from './seats/seat-rules.ts';
import type { GroupsInForce, SeatRules } from './seats/seat-rules.ts';
import { checkSwitches } from './switches.ts';

/** The rules about seats that hold before a ballot is looked at. @throws CountError for what makes no sense. */
export function seatRules(options: CountOptions, candidates: readonly string[]): SeatRules {
  const available = options.seats ?? 1;
  if (!Number.isSafeInteger(available) || available < 0) {
    throw new CountError(`seats must be a whole number from 0, not ${available}`);
  }
  for (const { winners, candidates: tied = [] } of options.decisions ?? []) {
    const stranger = [...winners, ...tied].find((id) => !candidates.includes(id));
    if (stranger !== undefined)
      throw new CountError(`a recorded decision names ${stranger}, who is no candidate`);
  }
  const { limit } = options;
  const inForce = limit === undefined ? null : { ...limit, max: limitInSeats(limit.max, available) };
  return {
    available,
    limit: inForce,
    groups: options.groups === undefined ? null : groupsInForce(options.groups, available, inForce),
    barred: new Map(),
    sitting: sittingIn(options, available, candidates),
    decisions: options.decisions ?? [],
  };
}

function sittingIn(
  { sitting = [], terms }: CountOptions,
  available: number,
  candidates: readonly string[],
): ReadonlySet<string> {
  const kept = new Set(sitting);
  const stranger = sitting.find((id) => !candidates.includes(id));
  if (stranger !== undefined) throw new CountError(`${stranger} keeps a seat, and is no candidate`);
  if (kept.size > available)
    throw new CountError(`${kept.size} people keep their seats, and there are ${available}`);
  if (kept.size > 0 && terms !== undefined)
    throw new CountError('terms are given with the election, and not where people keep their seats');
  return kept;
}

/** Two rules about one field are decided seat by seat; about two fields they may contradict each other. */
function groupsInForce(groups: SeatGroups, available: number, limit: SeatRules['limit']): GroupsInForce {
  const wanted = [...groups.seats.values()];
  if (wanted.some((seats) => !Number.isSafeInteger(seats) || seats < 1))
    throw new CountError('the seats of a group are a whole number from 1');
  if (wanted.reduce((sum, seats) => sum + seats, 0) > available)
    throw new CountError(`groups are promised more than the ${available} seats there are`);
  if (limit === null) return groups;
  if (limit.field !== groups.field)
    throw new CountError(
      `a limit for ${limit.field} and seats for groups of ${groups.field} may contradict each other: both must look at the same field`,
    );
  if (wanted.some((seats) => seats > limit.max))
    throw new CountError(`a group is promised more seats than the limit of ${limit.max} allows it`);
  return groups;
}

/** The options with every default filled in. @throws CountError for what makes no sense. */
export function countedOptions(
  options: CountOptions,
  { available, limit, groups, sitting = new Set() }: SeatRules,
  candidates: readonly string[],
): CountedOptions {
  const { strength = 'winning', unranked = 'no-opinion', secondary = false, order = 'losses' } = options;
  checkSwitches({ strength, unranked, order });
  const { noneOfTheAbove, quorum, minimumShare, terms } = options;
  if (quorum !== undefined && (!Number.isSafeInteger(quorum) || quorum < 0))
    throw new CountError(`a quorum is a whole number of ballots, not ${quorum}`);
  return {
    strength,
    unranked,
    secondary,
    order,
    seats: available,
    limit: limit === null ? null : { field: limit.field, max: limit.max },
    ...(groups === null ? {} : { groups: { field: groups.field, seats: sorted(groups.seats) } }),
    ...(noneOfTheAbove === undefined ? {} : { noneOfTheAbove: checkNone(noneOfTheAbove, candidates) }),
    ...(quorum === undefined ? {} : { quorum }),
    ...(minimumShare === undefined ? {} : { minimumShare: checkShare(minimumShare) }),
    ...(terms === undefined ? {} : { terms: checkTerms(terms, available) }),
    ...(sitting.size === 0 ? {} : { sitting: [...sitting].sort(byCodeUnits) }),
  };
}

function checkNone(
  { candidate, rule = 'seats', majority = { part: 1, whole: 1 }, support = 0 }: NoneOfTheAbove,
  candidates: readonly string[],
): Required<NoneOfTheAbove> {
  const { part, whole } = majority;
  if (!candidates.includes(candidate))
    throw new CountError(`none of the above is ${candidate}, and there is no such candidate`);
  if (rule !== 'seats' && rule !== 'drop')
    throw new CountError(`the rule of none of the above is seats or drop, not "${String(rule)}"`);
  if (!Number.isSafeInteger(part) || !Number.isSafeInteger(whole) || whole < 1 || part < whole)
    throw new CountError('the majority over none of the above is a ratio from 1, such as 2 or 3/2');
  if (!Number.isSafeInteger(support) || support < 0)
    throw new CountError(`the support against none of the above is a number of ballots, not ${support}`);
  return { candidate, rule, majority, support };
}

function checkTerms(terms: readonly SeatTerm[], available: number): readonly SeatTerm[] {
  if (terms.some(({ seats }) => !Number.isSafeInteger(seats) || seats < 1))
    throw new CountError('the seats of a term are a whole number from 1');
  if (new Set(terms.map(({ term }) => term)).size < terms.length)
    throw new CountError('two terms are called the same');
  const together = terms.reduce((sum, { seats }) => sum + seats, 0);
  if (together !== available)
    throw new CountError(`the terms are those of ${together} seats, and there are ${available}`);
  return terms.map(({ seats, term }) => ({ seats, term }));
}

function sorted(seats: ReadonlyMap<string, number>): Record<string, number> {
  const made = Object.create(null) as Record<string, number>;
  for (const [value, number] of [...seats].sort(([a], [b]) => byCodeUnits(a, b))) made[value] = number;
  return made;
}

function checkShare(share: Ratio): Ratio {
  const { part, whole } = share;
  const fits = Number.isSafeInteger(part) && Number.isSafeInteger(whole) && part >= 0 && whole >= 1;
  if (!fits || part > whole) throw new CountError('the minimum share is a share of the ballots such as 1/10');
  return share;
}
