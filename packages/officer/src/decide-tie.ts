/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { accept, type BoardFile, refuse, type Result } from '@elekto/custody';
import { sameLogin } from '@elekto/election';
import { z } from 'zod';
import { type CountLook, lookAtCount, type Visit } from './hold-count.ts';

const decision = z.strictObject({ winners: z.array(z.string()), how: z.string(), at: z.int() });

/** How a tie was decided: a quorum signs the very same. */
export type TieDecision = z.infer<typeof decision>;

/** A decision that an officer has signed, and how many have signed the same. */
export interface SaidDecision {
  readonly said: TieDecision;
  readonly by: number;
}

/**
 * Signs how a tie was decided, after the whole count was checked: words of the officer's own, or those that the officer of the
 * login `as` signed last. They hold once a quorum has signed them.
 */
export async function decideTie(
  election: string,
  visit: Visit,
  own: TieDecision | { readonly as: string },
): Promise<Result<SaidDecision>> {
  const found = await lookAtCount(election, visit);
  if (!found.ok) return found;
  const look = found.value;
  if (look === null)
    return refuse('act-election', { step: 'tie decision', party: 'the server' }, 'there is no box yet.');
  const { number, open } = openDecision(look);
  const theirs = 'as' in own ? open.find(({ officers }) => hasLogin(look, officers, own.as)) : { said: own };
  if (theirs === undefined)
    return refuse(
      'decision-too-few',
      { step: 'tie decision', party: 'the officers' },
      `${'as' in own ? own.as : ''} has signed none about the tie that is open.`,
    );
  const file = await visit.desk.decide(number, theirs.said);
  if (!file.ok) return file;
  await visit.server.post(file.value);
  const same = open.find(({ said }) => isSame(said, theirs.said));
  return accept({ said: theirs.said, by: new Set([...(same?.officers ?? []), look.own]).size });
}

const isSame = (a: TieDecision, b: TieDecision): boolean =>
  a.how === b.how && a.at === b.at && a.winners.join('\n') === b.winners.join('\n');

/** Wording of a decision, and the positions of those who have signed it. */
export interface SignedDecision {
  readonly said: TieDecision;
  readonly officers: ReadonlySet<number>;
}

/** The decision that is open: its number, from 1, and what officers have signed about it, each wording once. */
export function openDecision(look: CountLook): {
  readonly number: number;
  readonly open: readonly SignedDecision[];
} {
  const decisions = decisionsIn(look);
  const settled = decisions.filter(({ officers }) => officers.size >= look.threshold);
  const number = Math.max(0, ...settled.map((each) => each.number)) + 1;
  return { number, open: decisions.filter((each) => each.number === number) };
}

const hasLogin = ({ officers: logins }: CountLook, officers: ReadonlySet<number>, login: string): boolean =>
  [...officers].some((position) => sameLogin(logins[position - 1] ?? '', login));

interface Found extends SignedDecision {
  readonly number: number;
  readonly officers: Set<number>;
}

/** What officers have signed, each wording once. */
function decisionsIn({ ties, mixers }: CountLook): Found[] {
  const found: Found[] = [];
  for (const file of ties) {
    const said = readDecision(file);
    if (said === null) continue;
    const number = file.seq - mixers.length - 1;
    const same = found.find((each) => each.number === number && isSame(each.said, said));
    if (same === undefined) found.push({ number, said, officers: new Set([file.officer]) });
    else same.officers.add(file.officer);
  }
  return found;
}

function readDecision({ body }: BoardFile): TieDecision | null {
  try {
    return decision.parse(JSON.parse(Buffer.from(body).toString('utf8')));
  } catch {
    return null;
  }
}
