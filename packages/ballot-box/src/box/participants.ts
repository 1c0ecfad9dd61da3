/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Context } from '../context.ts';
import { addShares, fromBytes } from '../seal/share.ts';
import type { Share } from '../seal/share.ts';
import { bindingMac } from './eligibility.ts';
import type { OpenedElection } from './election-row.ts';
import { inPages, PAGE } from './in-pages.ts';
import { participationMac } from './participation.ts';
import { everOnRoll } from './roll.ts';
import type { Roll } from './roll.ts';
import { takeTurns } from '../turns.ts';
import { sumOfWithdrawals } from './withdrawals.ts';

/** What one person adds to the sum of those who took part. */
export const participantShare = (ctx: Pick<Context, 'keys'>, election: string, user: string): Share =>
  fromBytes(Buffer.from(ctx.keys.mac('elekto/participant/1', election, user), 'base64url'));

/**
 * Why those who took part, as the rows say, are not those whose ballots are in the box; null when they are.
 * Each row must be as the server wrote it for that account, which must be bound to a name that stood on the
 * roll; and all together must be those that the box has counted with each cast and withdrawal, so that no
 * genuine row of another time stands in for another. Names no voter.
 */
export async function participantsProblem(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  roll: Roll,
  inBox: Share,
): Promise<string | null> {
  const { genuine, strange } = await participants(ctx, em, opened, roll);
  const [first] = strange;
  if (first !== undefined) return first.why;
  if (genuine.length > everOnRoll(roll)) {
    return `${genuine.length} people took part, and ${everOnRoll(roll)} were ever on the roll`;
  }
  return (await sumOf(ctx, em, opened, genuine)) === inBox ? null : NOT_THOSE;
}

/** As `participantsProblem`, after removing the rows that the server did not write, where those that it wrote are complete. */
export async function keepGenuineParticipations(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  roll: Roll,
  inBox: Share,
): Promise<string | null> {
  const { genuine, strange } = await participants(ctx, em, opened, roll);
  if ((await sumOf(ctx, em, opened, genuine)) !== inBox) return NOT_THOSE;
  for (const { user } of strange) {
    await tables(em)
      .deleteFrom('participation')
      .where('election', '=', opened.id)
      .where('user', '=', user)
      .execute();
  }
  return participantsProblem(ctx, em, opened, roll, inBox);
}

const NOT_THOSE = 'the records of who took part are not those of the ballots in the box';

const sumOf = async (
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  users: readonly string[],
): Promise<Share> => {
  const turn = takeTurns();
  let sum = await sumOfWithdrawals(ctx, em, opened.id);
  for (const user of users) {
    await turn();
    sum = addShares(sum, participantShare(ctx, opened.id, user));
  }
  return sum;
};

interface Participants {
  /** Accounts whose row is as the server wrote it. */
  readonly genuine: string[];
  readonly strange: { readonly user: string; readonly why: string }[];
}

/** Those who took part, as the rows say, by whether the server wrote them. */
export async function participants(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  roll: Roll,
): Promise<Participants> {
  const ever = new Set([...roll.present, ...roll.former]);
  const found: Participants = { genuine: [], strange: [] };
  const turn = takeTurns();
  for await (const row of inPages((after) => pageOf(em, opened.id, after))) {
    await turn();
    const { user, login, binding } = row;
    const bound = login !== null && binding === bindingMac(ctx, opened.id, login, user);
    if (!bound) {
      found.strange.push({
        user,
        why: 'somebody took part whose account is not bound to a name on the roll',
      });
    } else if (row.mac !== participationMac(ctx, opened.id, user, login, row)) {
      found.strange.push({ user, why: 'a record of who took part was altered or belongs to somebody else' });
    } else if (!ever.has(login)) {
      found.strange.push({ user, why: 'somebody took part who was never on the roll' });
    } else {
      found.genuine.push(user);
    }
  }
  return found;
}

/** Those who took part, each with the name that is bound to the account; a page for `inPages`. */
function pageOf(em: EntityManager, election: string, after: string | null) {
  const query = tables(em)
    .selectFrom('participation')
    .leftJoin('roll_binding', (join) =>
      join
        .onRef('roll_binding.election', '=', 'participation.election')
        .onRef('roll_binding.user', '=', 'participation.user'),
    )
    .select([
      'participation.user',
      'participation.kdf',
      'participation.salt',
      'participation.auth_tag',
      'participation.sealed_seed',
      'participation.mac',
      'roll_binding.login',
      'roll_binding.mac as binding',
    ])
    .where('participation.election', '=', election)
    .orderBy('participation.user')
    .limit(PAGE);
  return (after === null ? query : query.where('participation.user', '>', after)).execute();
}
