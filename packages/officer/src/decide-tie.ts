/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { accept, type BoardFile, refuse, type Result } from '@elekto/custody';
import { sameLogin } from '@elekto/election';
import { z } from 'zod';
import { type CountLook, lookAtCount, type Visit } from './hold-count.ts';

const decision = z.strictObject({
  winners: z.array(z.string()),
  how: z.string(),
  // What a date can be.
  at: z.int().min(0).max(8_640_000_000_000_000),
});

/** How a tie was decided: a quorum signs the very same. */
export type TieDecision = z.infer<typeof decision>;

/** A decision that an officer has signed, and how many have signed the same. */
export interface SaidDecision {
  readonly said: TieDecision;
  readonly by: number;
}

/** Which decision of a count an officer means, from 1: of several ties each is decided as the one of its number. */
interface Numbered {
  readonly number: number;
}

/** Words of the officer's own. */
export type OwnWords = TieDecision & Numbered;

/** Words of another officer, as they were read: what is signed is these or nothing. */
export interface AsRead extends Pick<TieDecision, 'winners' | 'how'>, Numbered {
  /** That officer's login. */
  readonly as: string;
  /** When they were said first, ms; left out, the moment that they are signed with. */
  readonly at?: number | undefined;
}

/**
 * Signs how a tie was decided, after the whole count was checked: words of the officer's own, or those that were read of the officer of
 * the login `as`. These are refused (`decision-differs`) when that officer has signed others by now, or two different ones that the server
 * shows side by side: it could otherwise choose what is signed. So are all words when the decision that is open is not the one of the
 * number that was read. A server that hides what decided one tie has the next one signed under its number, and a quorum for either is
 * valid: whoever signs has to see the number. They hold once a quorum has signed them.
 */
export async function decideTie(
  election: string,
  visit: Visit,
  own: OwnWords | AsRead,
): Promise<Result<SaidDecision>> {
  const found = await lookAtCount(election, visit);
  if (!found.ok) return found;
  const look = found.value;
  if (look === null)
    return refuse('act-election', { step: STEP, party: 'the server' }, 'there is no box yet.');
  const { number, open } = openDecision(look);
  if (own.number !== number) return otherNumber(number, own.number);
  const chosen = 'as' in own ? asRead(look, own) : accept(ownWords(own));
  if (!chosen.ok) return chosen;
  const said = chosen.value;
  const file = await visit.desk.decide(number, said);
  if (!file.ok) return file;
  await visit.server.post(file.value);
  const same = open.find((each) => isSame(each.said, said));
  return accept({ said, by: new Set([...(same?.officers ?? []), look.own]).size });
}

function otherNumber(open: number, read: number): Result<never> {
  const isFewer = open < read;
  return refuse(
    'decision-differs',
    { step: STEP, party: isFewer ? 'the server' : 'the officers' },
    `what is open is decision ${open} of this count, and what you have read is decision ${read}: ${
      isFewer ? 'what decided the ones before is not shown.' : 'others were signed meanwhile.'
    } Nothing was signed by you. Look again${isFewer ? ', and if you know of more decisions, tell the others.' : '.'}`,
  );
}

const ownWords = ({ winners, how, at }: OwnWords): TieDecision => ({ winners, how, at });

/** What the officer has signed whose words were read. */
function asRead(look: CountLook, read: AsRead): Result<TieDecision> {
  const theirs = wordsOf(look, read.as);
  if (!theirs.ok) return theirs;
  const { winners, how, at } = theirs.value;
  if (how === read.how && isSameSet(winners, read.winners) && (read.at ?? at) === at) return theirs;
  return refuse(
    'decision-differs',
    { step: STEP, party: read.as },
    `what they have signed by now is not what you have read, but: ${winners.join(', ')} (${how}), said at ${new Date(at).toISOString()}. Nothing was signed by you. Look again, and read theirs.`,
  );
}

/** What the officer of a login has signed about the tie that is open. Two wordings of one officer are refused: none of them is the last. */
export function wordsOf(look: CountLook, login: string): Result<TieDecision> {
  const [theirs, ...others] = openDecision(look).open.filter(({ officers }) =>
    hasLogin(look, officers, login),
  );
  if (theirs === undefined)
    return refuse(
      'decision-too-few',
      { step: STEP, party: 'the officers' },
      `${login} has signed none about the tie that is open.`,
    );
  if (others.length > 0)
    return refuse(
      'decision-differs',
      { step: STEP, party: 'the server' },
      `it shows two different ones that ${login} has signed, where it keeps the last one alone. Nothing was signed by you. Ask ${login} which one holds, and say it in words of your own, which they then sign.`,
    );
  return accept(theirs.said);
}

const STEP = 'tie decision';

const isSame = (a: TieDecision, b: TieDecision): boolean =>
  a.how === b.how && a.at === b.at && JSON.stringify(a.winners) === JSON.stringify(b.winners);

/** The order of winners says nothing. */
const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

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
