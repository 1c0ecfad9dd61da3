/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { accept, type BoardFile, refuse, type Result } from '@elekto/custody';
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
 * Signs how a tie was decided, after the whole count was checked: words of the officer's own, or those that the officer at the
 * position `as` signed last. They hold once a quorum has signed them.
 */
export async function decideTie(
  election: string,
  visit: Visit,
  own: TieDecision | { readonly as: number },
): Promise<Result<SaidDecision>> {
  const found = await lookAtCount(election, visit);
  if (!found.ok) return found;
  if (found.value === null)
    return refuse('act-election', { step: 'tie decision', party: 'the server' }, 'there is no box yet.');
  const { threshold } = found.value;
  const decisions = decisionsIn(found.value);
  const settled = decisions.filter(({ officers }) => officers.size >= threshold).map(({ number }) => number);
  const next = Math.max(0, ...settled) + 1;
  const theirs =
    'as' in own
      ? decisions.find(({ number, officers }) => number === next && officers.has(own.as))
      : { said: own, officers: new Set<number>() };
  if (theirs === undefined)
    return refuse(
      'decision-too-few',
      { step: 'tie decision', party: 'the officers' },
      'that officer has signed none about the tie that is open.',
    );
  const file = await visit.desk.decide(next, theirs.said);
  if (!file.ok) return file;
  await visit.server.post(file.value);
  const same = decisions.find(({ number, said }) => number === next && isSame(said, theirs.said));
  return accept({ said: theirs.said, by: new Set([...(same?.officers ?? []), found.value.own]).size });
}

const isSame = (a: TieDecision, b: TieDecision): boolean =>
  a.how === b.how && a.at === b.at && a.winners.join('\n') === b.winners.join('\n');

interface Found {
  /** Which decision of the count it is, from 1. */
  readonly number: number;
  readonly said: TieDecision;
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
