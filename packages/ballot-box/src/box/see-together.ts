import { DatabaseFault, inOneGo } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { ElectionKey } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import type { Context } from '../context.ts';
import { inGroups } from '../in-groups.ts';
import type { Person } from '../model.ts';
import { ok, refuse } from '../result.ts';
import { look } from '../transact.ts';
import { electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';
import { seeRoll } from './eligibility.ts';
import type { SeenRoll } from './eligibility.ts';
import { isRollKnown } from './roll.ts';
import { takesBallots } from './phase-rule.ts';

/** A box that takes ballots, and what its roll holds of those who asked at the same moment. */
export interface SeenBox {
  readonly opened: OpenedElection;
  readonly roll: SeenRoll;
}

/** As many at most: those who cast wait for each other afterwards in groups of as many (`cast-together.ts`). */
const MOST = 32;

/** By the election's key. */
const boxes = new WeakMap<Context, Map<ElectionKey, (person: Person) => Promise<Result<SeenBox>>>>();

/**
 * What is read before a cast, for all who come while others' is being read in one go. It is never read earlier than asked for. What it
 * says of each of them, everyone asks for themselves (`entryIn`): what is wrong with one row is the matter of one person.
 */
export function seeTogether(ctx: Context, key: ElectionKey, person: Person): Promise<Result<SeenBox>> {
  const own = boxes.get(ctx) ?? new Map<ElectionKey, (person: Person) => Promise<Result<SeenBox>>>();
  boxes.set(ctx, own);
  const see = own.get(key) ?? seeing(ctx, key);
  own.set(key, see);
  return see(person).catch((error: unknown) => {
    // To read again is never wrong, and another connection may answer.
    if (!(error instanceof DatabaseFault && error.kind === 'lost')) throw error;
    return look(ctx, (em) => seeBox(ctx, em, key, [person], null));
  });
}

function seeing(ctx: Context, key: ElectionKey): (person: Person) => Promise<Result<SeenBox>> {
  let last: OpenedElection | null = null;
  return inGroups(MOST, async (all: readonly Person[]) => {
    const seen = await look(ctx, (em) => seeBox(ctx, em, key, all, last));
    last = seen.ok ? seen.value.opened : null;
    return all.map(() => seen);
  });
}

/** @param last the election as it was seen last: where it still is that, its roll was read in the same go. */
async function seeBox(
  ctx: Context,
  em: EntityManager,
  key: ElectionKey,
  all: readonly Person[],
  last: OpenedElection | null,
): Promise<Result<SeenBox>> {
  const [opened, now, before] = await inOneGo(em, [
    () => electionRow(ctx, em, key),
    () => ctx.now(em),
    async () => (last !== null && isRollKnown(last) ? seeRoll(em, last, all) : null),
  ] as const);
  if (opened === null) return refuse('not-open-yet');
  const time = takesBallots(opened, now);
  if (!time.ok) return time;
  // Of another run, or of another roll, nothing of it is taken.
  const isSame = last !== null && opened.id === last.id && opened.rollHash === last.rollHash;
  return ok({ opened, roll: (isSame ? before : null) ?? (await seeRoll(em, opened, all)) });
}
