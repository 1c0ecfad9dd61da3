/**
 * Honest people hold an election while somebody writes the database between their calls. Either the result is the one
 * that the honest got without them, or it is refused with a reason; and nobody is told anything untrue.
 */
import fc from 'fast-check';
import { copyRows } from '../rows.ts';
import type { Copy } from '../rows.ts';
import { CANDIDATES, at, custodyOf, makeElection } from '../support.ts';
import type { SuiteNumber } from '../support.ts';
import { doAct } from './hostile.ts';
import type { Act } from './hostile.ts';
import { act, deed, latePlot, plot } from './stories.ts';
import { Lie, answerOf, commits, doDeed, follow, safely } from './honest.ts';
import type { Cast, Deed } from './honest.ts';
import {
  checkBox,
  checkNotes,
  checkReady,
  checkRecord,
  checkReleases,
  checkResult,
  checkServed,
  mustHelp,
  participationsOf,
  recordOf,
} from './oracle.ts';
import { enter } from './stage.ts';
import type { Actor, Stage } from './stage.ts';
import { VOTERS } from './truth.ts';

/** What happens at the end, in this order; the insider may act before each. */
const ENDING = ['follow', 'close', 'count', 'decide', 'publish', 'look'] as const;
type Ending = (typeof ENDING)[number];

export interface Story {
  /** What honest people and the insider do, in this order. */
  readonly steps: readonly (Deed | Act)[];
  /** What the insider does before a part of the ending, by its number. */
  readonly late: readonly { readonly before: number; readonly act: Act }[];
  /** With more than 500 on the roll the box has two shards. */
  readonly large: boolean;
  /** Who can open the ballots: the server, or officers together. */
  readonly suite: SuiteNumber;
  /** How many officers a decision takes. */
  readonly approvals: 1 | 2;
}

const step = fc.oneof({ weight: 5, arbitrary: deed }, { weight: 1, arbitrary: act });
const late = fc.array(fc.record({ before: fc.nat(ENDING.length - 1), act }), { maxLength: 1 });
const large = fc.integer({ min: 0, max: 4 }).map((no) => no === 4);

/** Deeds and acts at random; those of a plot, if there is one, in their order among them. */
export const story: fc.Arbitrary<Story> = fc.record({
  steps: fc
    .tuple(
      fc.array(step, { minLength: 2, maxLength: 10 }),
      fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: plot }),
      fc.array(fc.nat(10), { minLength: 6, maxLength: 6 }),
    )
    .map(([steps, plotted, places]) => interleave(steps, plotted, places)),
  late: fc.oneof({ weight: 2, arbitrary: late }, { weight: 1, arbitrary: latePlot }),
  large,
  // Dear: a ballot for officers takes a tenth of a second.
  suite: fc.integer({ min: 1, max: 8 }).map((no): SuiteNumber => (no === 8 ? 2 : 1)),
  approvals: fc.constantFrom(1 as const, 2 as const),
});

function interleave<T>(all: readonly T[], plotted: readonly T[], places: readonly number[]): T[] {
  const woven = [...all];
  const sorted = places.slice(0, plotted.length).toSorted((a, b) => a - b);
  plotted.forEach((each, index) => woven.splice((sorted[index] ?? 0) + index, 0, each));
  return woven;
}

/** What came of a story, in lines for whoever reads a counterexample. */
export interface Told {
  readonly lines: string[];
  /** `honest`: counted as the honest did; `refused`: not counted, with the reason. */
  end: 'honest' | 'refused';
}

/** One of two that differ in nothing but how people vote. */
export interface World {
  readonly turned?: boolean;
  /** Is shown every row before each step of the ending or the voting. */
  readonly watch?: (rows: Copy) => void;
  /** The part of the ending before which the story stops. */
  readonly until?: Ending;
}

let accounts = 5000;
const actor = (login: string): Actor => ({ login, account: String((accounts += 1)), token: null });

/** Plays a story on an empty database. Rejects with what must not happen, `told` so far in `told`. */
export async function play(
  stage: Stage,
  { steps, late, large, suite, approvals }: Story,
  told: Told,
  world: World = {},
): Promise<void> {
  // Two plays of one story differ by nothing of this.
  accounts = 5000;
  commits.last = 0;
  const scene = await stage.begin(suite);
  const voters = Array.from({ length: VOTERS }, (_, index) => actor(`voter-${index}`));
  const filling = large ? Array.from({ length: 500 }, (_, index) => `filling-${index}`) : [];
  const files = makeElection([...voters.map(({ login }) => login), ...filling], {
    candidates: [...CANDIDATES, 'zoe'].map((id) => ({
      id,
      name: id,
      fields: [],
      bio: '',
      file: `candidate-${id}.md`,
    })),
    seats: 1,
    officers: ['officer', 'second'],
    ...(approvals === 2 && { approvals }),
    ...(await custodyOf(scene)),
  });
  const officers = [actor('officer'), actor('second')] as const;
  const cast: Cast = {
    scene,
    voters,
    officers,
    reader: await enter(scene, officers[0]),
    outsider: actor('outsider'),
    mallory: actor('mallory'),
    casts: 0,
    turned: world.turned ?? false,
    truth: {
      ballots: new Map(),
      receipts: new Map(),
      left: [],
      sent: [],
      clock: null,
      ready: new Set(suite === 2 ? [1, 2] : []),
      files,
      taken: files,
      ever: new Set(files.voters.map(({ login }) => login)),
      pinned: null,
      struck: new Set(),
      restarts: 0,
      decisions: [],
      participations: new Set(),
      record: [],
    },
  };
  const opened = await scene.box.ensureOpened(files, at('c0'));
  if (!opened.ok) throw new Error('the election does not open');
  // Others sign in when they do something; these have accounts that can be taken from the beginning.
  for (const each of [...voters.slice(0, 2), cast.mallory]) await enter(scene, each);
  let record = await recordOf(scene.db);
  let voted: readonly string[] = [];
  cast.truth.record = [...record];

  const script: readonly (Deed | Act | Ending)[] = [
    ...steps,
    ...ENDING.flatMap((ending, index) => [
      ...late.filter(({ before }) => before === index).map((each) => each.act),
      ending,
    ]),
  ];
  const wanted = new Set(script.map((each, index) => index - backOf(each)));
  const states = new Map<number, Copy>();
  const seen = (at: number): Copy => states.get(Math.max(0, at)) as Copy;
  let touched = false;
  for (const [index, each] of script.entries()) {
    if (each === world.until) return;
    world.watch?.(await copyRows(scene.db));
    if (wanted.has(index) || index === 0) states.set(index, await copyRows(scene.db));
    if (typeof each === 'object' && 'act' in each) {
      const line = await doAct(scene.db, each, (back) => seen(index - back));
      told.lines.push(`  the insider: ${line}`);
      record = await recordOf(scene.db);
      voted = await participationsOf(scene.db);
      touched ||= line !== 'nothing' && !line.startsWith('the database did not');
      continue;
    }
    const before = new Set(record.map(({ seq }) => seq));
    const name = typeof each === 'string' ? each : JSON.stringify(each);
    told.lines.push(name);
    const answer = await safely(() =>
      typeof each === 'string' ? endWith(cast, each, told) : doDeed(cast, each),
    );
    told.lines[told.lines.length - 1] = `${name}: ${answer}`;
    record = await recordOf(scene.db);
    const rows = await participationsOf(scene.db);
    for (const row of rows.filter((row) => !voted.includes(row))) cast.truth.participations.add(row);
    voted = rows;
    cast.truth.record.push(...record.filter(({ seq }) => !before.has(seq)));
    if (!touched && /damaged|Fault|KeysError|Altered/.test(answer)) throw new Lie(`a false alarm: ${answer}`);
  }
}

/** What officers and the holders of receipts get: all that was cast and nothing else, or a reason. */
async function handOver(cast: Cast, told: Told): Promise<string> {
  told.end = 'refused';
  const voted = await participationsOf(cast.scene.db);
  const file = await cast.scene.box.boxFile(cast.truth.files);
  await checkReleases(cast);
  if (!file.ok) {
    mustHelp(cast, file.error);
    return answerOf(file);
  }
  if (file.value === null) throw new Lie('there is no box for the officers');
  if (!voted.every((row) => cast.truth.participations.has(row)))
    throw new Lie('handed over with a record of who took part that the server did not write');
  if (!(await checkRecord(cast))) throw new Lie('handed over while the record is told to be altered');
  await checkBox(cast, file.value);
  // The server keeps it for them, where the insider gets at it.
  const waits = await cast.scene.box.finalise(cast.truth.files);
  if (waits.ok || waits.error.kind !== 'waits-for-officers') throw new Lie('counted without the officers');
  await checkServed(cast);
  told.end = 'honest';
  return 'accepted';
}

const backOf = (each: Deed | Act | Ending): number =>
  typeof each === 'object' && 'back' in each ? each.back : 0;

async function endWith(cast: Cast, ending: Ending, told: Told): Promise<string> {
  const { scene, truth, officers } = cast;
  const { box } = scene;
  switch (ending) {
    case 'follow':
      return follow(cast);
    case 'close': {
      scene.clock.now = truth.taken.closesAt + 1;
      const closed = await box.close(truth.files);
      if (!closed.ok) mustHelp(cast, closed.error);
      return answerOf(closed);
    }
    case 'count': {
      const voted = await participationsOf(scene.db);
      if (scene.suite === 2) return handOver(cast, told);
      const counted = await box.finalise(truth.files);
      if (!counted.ok) {
        mustHelp(cast, counted.error);
        const asIs = await box.countAsIs(truth.files, null);
        return `${answerOf(counted)}; as it is: ${asIs.ok ? asIs.value.ballots : asIs.error.kind}`;
      }
      if (!voted.every((row) => truth.participations.has(row)))
        throw new Lie('counted with a record of who took part that the server did not write');
      if (!(await checkRecord(cast, 1))) throw new Lie('counted while the record is told to be altered');
      if (!(await checkResult(cast))) throw new Lie('counted, and there is no result');
      return 'accepted';
    }
    case 'decide': {
      const person = await enter(scene, officers[1]);
      const found = await box.outcome(truth.files, person);
      if (!found.ok) return answerOf(found);
      const [tie] = found.value.outcome.seats.openTies;
      if (tie === undefined) return 'nothing';
      const winners = tie.candidates.slice(0, tie.seats);
      const noted = await box.recordTieDecision(truth.files, person, { winners, how: 'a coin' });
      if (!noted.ok || noted.value === 'decided') {
        if (noted.ok && truth.files.approvals === 2) throw new Lie('one officer decided what takes two');
        if (noted.ok) truth.decisions.push(...winners);
        return answerOf(noted);
      }
      const first = await enter(scene, officers[0]);
      const again = await box.recordTieDecision(truth.files, first, { winners, how: 'a coin' });
      if (again.ok && again.value === 'decided') truth.decisions.push(...winners);
      return answerOf(again);
    }
    case 'publish':
      return answerOf(await box.markPublished(truth.files, await enter(scene, officers[0])));
    case 'look': {
      await box.resultFacts(truth.files.key);
      await box.status(truth.files);
      const record = await checkRecord(cast);
      await checkNotes(cast);
      await checkReady(cast);
      if (scene.suite === 2) return handOver(cast, told);
      if (await checkResult(cast)) told.end = 'honest';
      return `${told.end}${record ? '' : '; the record is told to be altered'}`;
    }
  }
}
