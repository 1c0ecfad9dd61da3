/** What Home says over all elections of an officer. */
import type { Instant } from '@elekto/election';
import { list, phrase, type Phrase } from '@elekto/words';
import type { ElectionOverview } from '../backend/model.ts';
import texts from '../texts/home.json' with { type: 'json' };
import { stepsOf } from './next-step.ts';
import type { Stage } from './phase.ts';
import type { NextStep } from './step.ts';

export interface Waiting {
  readonly election: ElectionOverview;
  readonly step: NextStep;
}

/** When what is asked has to be done: by the opening, or by the end; of what is over that was in the past. */
const dueAt = ({ stage, opensAt, closesAt }: ElectionOverview): Instant =>
  stage === 'upcoming' || stage === 'waiting' ? opensAt : closesAt;

/** Everything that needs an officer, over all elections: what is wrong first, then what is due, the longest overdue first. */
export function waitingFor(elections: readonly ElectionOverview[], now: Instant): readonly Waiting[] {
  const all = elections.flatMap((election) => stepsOf(election, now).map((step) => ({ election, step })));
  const soonest = (a: Waiting, b: Waiting): number => dueAt(a.election) - dueAt(b.election);
  const bad = all.filter(({ step }) => step.tone === 'bad').sort(soonest);
  return [...bad, ...all.filter(({ step }) => step.tone !== 'bad').sort(soonest)];
}

/** "2 open, 1 to count, 3 exception requests waiting." `waiting`: how many things need an officer. */
export function summarise(elections: readonly ElectionOverview[], waiting = 0): string {
  const count = (stage: Stage): number => elections.filter((each) => each.stage === stage).length;
  const numbers = {
    stuck: elections.filter(({ stage, trouble }) => stage === 'damaged' || trouble !== null).length,
    waiting: count('waiting'),
    open: count('open'),
    closed: count('closed'),
    counted: count('counted'),
    requests: elections.reduce((sum, election) => sum + election.requestsDue, 0),
  };
  const said = (Object.entries(numbers) as [keyof typeof numbers, number][])
    .filter(([, n]) => n > 0)
    .map(([code, n]) => phrase(texts.counts[code] as Phrase, { n }, 'en'));
  if (said.length > 0) return `${said.join(', ')}.`;
  return waiting === 0 ? texts.counts.nothing : phrase(texts.counts.things, { n: waiting }, 'en');
}

/** Where the result of a past election comes from, and whether it was counted again here. */
export function pastWords({ published, stage }: ElectionOverview): string {
  const { state, heldOn, recounted, unknownKey } = published;
  const server = heldOn?.replace(/^https?:\/\//, '') ?? '';
  const say = (code: keyof typeof texts.past): string => phrase(texts.past[code], { server }, 'en');
  switch (state) {
    case 'signed':
      if (heldOn === null) return say(recounted ? 'signed-recounted' : 'signed');
      return say(recounted ? 'elsewhere-recounted' : 'elsewhere');
    case 'recounted':
      return say(unknownKey === null ? 'recounted' : 'unknown-key');
    case 'superseded':
    case 'disputed':
    case 'report':
      return say(state);
    default:
      return say(stage === 'published' ? 'pending' : 'none');
  }
}

/** Who was elected in a past election, and what is open about it. */
export function electedWords({ published: { elected, openTies } }: ElectionOverview): string {
  if (elected === null) return texts.elected.unnamed;
  const tie = openTies === 0 ? null : phrase(texts.elected.tie, { n: openTies }, 'en');
  if (elected.length === 0) return tie === null ? texts.elected.nobody : capital(tie);
  const names = elected.map(({ name }) => name);
  return tie === null ? list(names, 'en') : phrase(texts.elected.both, { names, tie }, 'en');
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The word for how grave a problem of the files is. */
export const SEVERITY_WORDS = texts.severity;
