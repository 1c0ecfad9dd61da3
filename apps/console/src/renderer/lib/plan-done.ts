/** Which activities of an election's plan are done, as far as the server knows it. */
import type { Definition, ElectionOverview } from '../backend/model.ts';

const isCounted = ({ stage }: ElectionOverview): boolean => stage === 'counted' || stage === 'published';

/** By the name of the activity. What only people know (an announcement, a reminder) is not here: plan.yaml says it. */
const KNOWN: Readonly<
  Record<string, (election: ElectionOverview, definition: Definition, now: number) => boolean>
> = {
  officers: (_, { officers }) => officers.length > 0,
  folder: () => true,
  roll: ({ eligible }) => eligible > 0,
  'nominations-close': (_, { nominations }, now) => nominations !== null && nominations.closesAt <= now,
  endorsements: ({ diagnostics }, { nominations }, now) =>
    nominations !== null &&
    nominations.closesAt <= now &&
    diagnostics.every(({ code }) => code !== 'candidate-endorsements-missing'),
  rehearse: ({ rehearsed }) => rehearsed !== null && !rehearsed.changed,
  'exceptions-close': ({ exceptionsDueAt }, _, now) => exceptionsDueAt <= now,
  'exceptions-decided': ({ exceptionsDueAt, requestsDue, toAdd }, _, now) =>
    exceptionsDueAt <= now && requestsDue === 0 && toAdd === 0,
  closes: ({ state }) => state !== null && state !== 'open',
  count: (election) => isCounted(election) && (election.openTies ?? 0) === 0,
  publish: ({ stage }) => stage === 'published',
};

/** What the state of the election shows to be done, and what plan.yaml says. */
export function planDone(
  election: ElectionOverview,
  definition: Definition,
  now: number,
): ReadonlySet<string> {
  const shown = Object.keys(KNOWN).filter((id) => KNOWN[id]?.(election, definition, now) === true);
  return new Set([...shown, ...definition.planDone]);
}
