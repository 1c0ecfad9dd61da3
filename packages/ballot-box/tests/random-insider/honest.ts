/** What honest voters, officers, administrators and the server do, each told in the words of an answer. */
import type { Person } from '@elekto/ballot-box';
import { standing } from '@elekto/election';
import { DatabaseFault, AccountAltered, tables } from '@elekto/db';
import { KeysError } from '@elekto/ballot-box';
import type { Result } from '@elekto/protocol/refusal';
import type { Receipt } from '@elekto/protocol/ballot';
import { deriveUnlock, openRecord, openSeed, sealBallot, signedRelease } from '@elekto/protocol/voter';
import { sayAllReady } from '../officers.ts';
import { TEST_KDF, at } from '../support.ts';
import { enter, startAgain } from './stage.ts';
import type { Actor, Scene } from './stage.ts';
import { rankingOf, rowOf } from './truth.ts';
import type { Truth } from './truth.ts';

const DAY = 86_400_000;
const WORDS = 'the same words always';

/** Somebody was told something untrue, or got something that is not theirs. */
export class Lie extends Error {
  override readonly name = 'Lie';
}

export interface Cast {
  readonly scene: Scene;
  readonly truth: Truth;
  readonly voters: readonly Actor[];
  readonly officers: readonly [Actor, Actor];
  /** Who reads the result in the end; nothing that is done to accounts keeps them from it. */
  readonly reader: Person;
  /** Not on the roll, and honest. */
  readonly outsider: Actor;
  /** Not on the roll, and the insider's own account. */
  readonly mallory: Actor;
  /** So that no two ballots are the same. */
  casts: number;
  /** Everybody likes best whom they like less in the other of two worlds. */
  readonly turned: boolean;
}

export type Deed =
  | { readonly deed: 'cast' | 'recast'; readonly who: number; readonly likesAda: boolean }
  | { readonly deed: 'withdraw' | 'view' | 'status' | 'on-off-roll'; readonly who: number }
  | { readonly deed: 'resend'; readonly which: number }
  | { readonly deed: 'accept-clock' | 'rehearse' | 'say-ready' }
  | {
      readonly deed: 'intrude' | 'plead' | 'decide' | 'extend' | 'shorten' | 'wait' | 'stand-down' | 'strike';
    }
  | { readonly deed: 'restart' | 'checkpoint' | 'new-server' | 'wrong-keys' | 'close-early' };

const nobody = { ok: true, value: null } as const;
export const answerOf = (answer: Result<unknown>): string =>
  answer.ok
    ? 'accepted'
    : [answer.error.kind, ...(answer.error.why === undefined ? [] : [answer.error.why])].join(': ');

/** Does it; what was answered. */
export const doDeed = (cast: Cast, what: Deed): Promise<string> => DEEDS[what.deed](cast, what as never);

/** Errors that callers are told to expect are answers; any other is thrown. */
export async function safely(work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    const expected =
      error instanceof DatabaseFault || error instanceof KeysError || error instanceof AccountAltered;
    if (!expected) throw error;
    return `${error.name}: ${error.message}`;
  }
}

/** Who may vote here acts as on their own page; the outsider is the voter after the last. */
const voterOf = ({ voters, outsider }: Cast, who: number): Actor => voters[who] ?? outsider;

async function vote(cast: Cast, who: number, likesAda: boolean): Promise<string> {
  return seal(cast, voterOf(cast, who), who, likesAda, async (person, sealed) => {
    const { box } = cast.scene;
    return box.cast(cast.truth.files, person, sealed);
  });
}

type Sealed = Awaited<ReturnType<typeof sealBallot>>['cast'];

async function seal(
  cast: Cast,
  actor: Actor,
  who: number,
  likesAda: boolean,
  send: (person: Person, sealed: Sealed) => Promise<Result<{ receipt: unknown }>>,
): Promise<string> {
  const { scene, truth } = cast;
  const person = await enter(scene, actor);
  const paper = await scene.box.paper(truth.files, person);
  if (!paper.ok) return answerOf(paper);
  const { candidates } = paper.value.manifest;
  const all = rankingOf(who, likesAda !== cast.turned, (cast.casts += 1));
  const ranking = Object.fromEntries(candidates.map((id) => [id, all[id] ?? 0]));
  const sealed = await sealBallot({ paper: paper.value, ranking, passphrase: WORDS, kdfs: [TEST_KDF] });
  const answer = await send(person, sealed.cast);
  if (answer.ok) {
    if (scene.clock.now > truth.taken.closesAt) throw new Lie('a ballot was taken after the end');
    truth.sent.push({ person, cast: sealed.cast });
    truth.ballots.set(actor.login, rowOf(ranking, candidates));
    truth.receipts.set(actor.login, JSON.stringify(answer.value.receipt));
    if (truth.pinned === null)
      truth.pinned = standing(truth.taken.candidates)
        .map(({ id }) => id)
        .toSorted();
  }
  return answerOf(answer);
}

/** The ballot of before is not in the box any more. */
function leave(truth: Truth, login: string): void {
  const before = truth.receipts.get(login);
  if (before !== undefined) truth.left.push(JSON.parse(before) as Receipt);
}

/** What the voter's browser does with the passphrase, and what the server says to it. */
async function find({ scene, truth }: Cast, actor: Actor) {
  const person = await enter(scene, actor);
  const paper = await scene.box.paper(truth.files, person);
  if (!paper.ok) return paper;
  const told = await scene.box.participation(truth.files, person);
  if (!told.ok) return told;
  const { unlock } = told.value;
  if (unlock === null) return { ok: false, error: { kind: 'not-voted' } } as const;
  const derived = await deriveUnlock({ unlock, passphrase: WORDS, kdfs: [TEST_KDF] });
  const opened = await scene.box.unlock(truth.files, person, derived.authKey);
  if (!opened.ok) {
    // The passphrase is always the right one.
    if (opened.error.kind === 'wrong-passphrase') throw new Lie('the right passphrase was called wrong');
    return opened;
  }
  const seed = await openSeed({ paper: paper.value, derived, sealedSeed: opened.value.sealedSeed });
  if (seed === null) throw new Lie('the seed that the server handed out does not open');
  const claim = { authKey: derived.authKey, ...seed.place };
  const value = { person, paper: paper.value, seed: seed.seed, claim };
  return { ok: true, value } as const;
}

/** What goes along when a ballot leaves the box, for another or for none. */
async function letGo({ scene, truth }: Cast, found: Opened, next: Sealed | null) {
  if (scene.suite === 1) return {};
  const { person, paper, seed, claim } = found;
  const record = await scene.box.fetchRecord(truth.files, person, claim);
  return record.ok ? signedRelease({ paper, seed, record: record.value, next }) : {};
}

type Opened = Extract<Awaited<ReturnType<typeof find>>, { ok: true }>['value'];

async function view(cast: Cast, who: number): Promise<string> {
  const actor = voterOf(cast, who);
  const { scene, truth } = cast;
  const found = await find(cast, actor);
  if (!found.ok) return answerOf(found);
  const { person, paper, seed, claim } = found.value;
  const record = await scene.box.fetchRecord(truth.files, person, claim);
  if (!record.ok) return answerOf(record);
  const ranking = await openRecord({ paper, seed, record: record.value });
  if (ranking === null) throw new Lie('the own ballot does not open');
  if (rowOf(ranking, paper.manifest.candidates) !== truth.ballots.get(actor.login))
    throw new Lie('a voter was shown another ballot than the own one');
  return 'accepted';
}

async function withdraw(cast: Cast, who: number): Promise<string> {
  const actor = voterOf(cast, who);
  const found = await find(cast, actor);
  if (!found.ok) return answerOf(found);
  const { person, claim } = found.value;
  const gone = await letGo(cast, found.value, null);
  const answer = await cast.scene.box.withdraw(cast.truth.files, person, { ...claim, ...gone });
  if (answer.ok) {
    leave(cast.truth, actor.login);
    cast.truth.ballots.delete(actor.login);
    cast.truth.receipts.delete(actor.login);
  }
  return answerOf(answer);
}

async function recast(cast: Cast, who: number, likesAda: boolean): Promise<string> {
  const actor = voterOf(cast, who);
  const found = await find(cast, actor);
  if (!found.ok) return answerOf(found);
  const { claim } = found.value;
  return seal(cast, actor, who, likesAda, async (person, sealed) => {
    const released = await letGo(cast, found.value, sealed);
    const change = { authKey: claim.authKey, old: claim, cast: sealed, ...released };
    const answer = await cast.scene.box.replace(cast.truth.files, person, change);
    if (answer.ok) leave(cast.truth, actor.login);
    return answer;
  });
}

/** The administrators merge; the server reads. */
async function merge(cast: Cast, changes: Partial<Truth['files']>): Promise<string> {
  const { truth } = cast;
  truth.files = { ...truth.files, ...changes };
  return follow(cast);
}

/** The last one that was merged; a story begins at 0. */
export const commits = { last: 0 };

export async function follow({ scene, truth }: Cast): Promise<string> {
  const answer = await scene.box.ensureOpened(truth.files, at(`c${(commits.last += 1)}`));
  if (answer.ok && answer.value === 'open') {
    truth.taken = truth.files;
    truth.ever = new Set([...truth.ever, ...truth.files.voters.map(({ login }) => login)]);
    const out = new Set(truth.files.candidates.filter((each) => each.withdrawn).map(({ id }) => id));
    truth.struck = new Set([...truth.struck].filter((id) => out.has(id)));
  }
  return answerOf(answer);
}

const REASON = 'I have contributed for years';

/** The officers approve who has this reason, as they are shown it; the administrators add whom the officers approved. */
async function decide(cast: Cast): Promise<string> {
  const { scene, truth, officers } = cast;
  const person = await enter(scene, officers[0]);
  const listed = await scene.box.listExceptions(truth.files, person);
  if (!listed.ok) return answerOf(listed);
  const answers: string[] = [];
  for (const { id, version, status, reason } of listed.value) {
    if (status !== 'open') continue;
    const decision = { id, version, note: '', status: reason === REASON ? 'approved' : 'declined' } as const;
    const answer = await scene.box.decideException(truth.files, person, decision);
    answers.push(answerOf(answer));
    if (answer.ok && truth.files.approvals === 2)
      answers.push(await confirm(cast, answer.value, decision.status));
  }
  const after = await scene.box.listExceptions(truth.files, person);
  if (!after.ok) return answerOf(after);
  const approved = after.value.filter(({ status }) => status === 'approved').map(({ login }) => login);
  const on = truth.files.voters.map(({ login }) => login);
  const missing = approved.filter((login) => !on.includes(login));
  if (missing.length === 0) return answers.join(', ');
  const voters = [...on, ...missing].map((login, index) => ({ login, line: index + 2 }));
  return merge(cast, { voters });
}

/** The other officer, who decides by what was decided alone, and not by what the one has said. */
async function confirm(
  { scene, truth, officers }: Cast,
  { id, version, status }: { readonly id: string; readonly version: number; readonly status: string },
  decided: 'approved' | 'declined',
): Promise<string> {
  if (status !== 'open') throw new Lie('one officer decided what takes two');
  const other = await enter(scene, officers[1]);
  const decision = { id, version, note: '', status: decided };
  return answerOf(await scene.box.decideException(truth.files, other, decision));
}

/** A cast comes again late: whoever sent it has what was answered, or has taken it back since. */
async function resend({ scene, truth }: Cast, which: number): Promise<string> {
  const sent = truth.sent[which % Math.max(truth.sent.length, 1)];
  if (sent === undefined) return 'nothing';
  return answerOf(await scene.box.cast(truth.files, sent.person, sent.cast));
}

async function acceptClock({ scene, truth }: Cast): Promise<string> {
  const answer = await scene.box.acceptClock('operator');
  if (answer.ok) truth.clock = String(answer.value);
  return answerOf(answer);
}

async function rehearse({ scene, truth, officers }: Cast): Promise<string> {
  return answerOf(await scene.box.noteRehearsal(truth.files, await enter(scene, officers[0])));
}

async function sayReady({ scene, truth }: Cast): Promise<string> {
  const board = truth.files.custody?.board ?? null;
  if (board === null) return 'nothing';
  await sayAllReady(scene.box, truth.files.key);
  for (const position of [1, 2]) truth.ready.add(position);
  return 'accepted';
}

async function plead(cast: Cast): Promise<string> {
  const { scene, truth } = cast;
  const answers: string[] = [];
  for (const [actor, reason] of [
    [cast.outsider, REASON],
    [cast.mallory, 'let me in'],
  ] as const) {
    const plea = { name: actor.login, email: `${actor.login}@example.org`, reason };
    answers.push(answerOf(await scene.box.requestException(truth.files, await enter(scene, actor), plea)));
  }
  return answers.join(', ');
}

async function onOffRoll(cast: Cast, who: number): Promise<string> {
  const { login } = voterOf(cast, who);
  const on = cast.truth.files.voters.map((voter) => voter.login);
  const next = on.includes(login) ? on.filter((each) => each !== login) : [...on, login];
  // Nobody but the officers puts the outsider there.
  if (login === cast.outsider.login || next.length === 0) return 'nothing';
  return merge(cast, { voters: next.map((each, index) => ({ login: each, line: index + 2 })) });
}

async function standDown(cast: Cast): Promise<string> {
  const candidates = cast.truth.files.candidates.map((each) => {
    const { withdrawn, ...stands } = each;
    if (each.id !== 'zoe') return each;
    return withdrawn === undefined ? { ...stands, withdrawn: { on: null, reason: 'moved away' } } : stands;
  });
  return merge(cast, { candidates });
}

async function strike({ scene, truth, officers }: Cast): Promise<string> {
  const person = await enter(scene, officers[1]);
  const decision = { id: 'zoe', strike: true };
  const answer = await scene.box.decideStrike(truth.files, person, decision, at(`c${commits.last}`));
  if (answer.ok) truth.struck = new Set(['zoe']);
  return answerOf(answer);
}

async function restart({ scene, truth, officers }: Cast): Promise<string> {
  const [one, two] = [await enter(scene, officers[0]), await enter(scene, officers[1])];
  const source = at(`c${(commits.last += 1)}`);
  const asked = await scene.box.askRestart(truth.files, one, source);
  if (!asked.ok) return answerOf(asked);
  const done = await scene.box.confirmRestart(truth.files, two, source);
  if (done.ok) {
    truth.ballots.clear();
    truth.receipts.clear();
    truth.left = [];
    truth.restarts += 1;
    truth.pinned = null;
    truth.struck = new Set();
    truth.taken = { ...truth.files, opensAt: truth.taken.opensAt, closesAt: truth.taken.closesAt };
    truth.ever = new Set([...truth.ever, ...truth.files.voters.map(({ login }) => login)]);
  }
  return answerOf(done);
}

async function moveEnd(cast: Cast, by: number): Promise<string> {
  const { scene, truth } = cast;
  const closesAt =
    by > 0 ? truth.files.closesAt + by : Math.max(scene.clock.now + DAY, truth.files.closesAt + by);
  return merge(cast, { closesAt, exceptionsDueAt: closesAt });
}

async function wait({ scene, truth }: Cast): Promise<string> {
  scene.clock.now = Math.min(scene.clock.now + 2 * DAY, truth.taken.closesAt, truth.files.closesAt);
  await Promise.resolve();
  return 'accepted';
}

async function intrude(cast: Cast): Promise<string> {
  const answer = await seal(cast, cast.mallory, VOTER_MALLORY, true, (person, sealed) =>
    cast.scene.box.cast(cast.truth.files, person, sealed),
  );
  const { box } = cast.scene;
  const office = await box.listExceptions(cast.truth.files, await enter(cast.scene, cast.mallory));
  if (office.ok) throw new Lie('somebody who is no officer read the requests for an exception');
  // An intruder's ballot is in nobody's truth: what is counted shows whether it was worth anything.
  cast.truth.ballots.delete(cast.mallory.login);
  cast.truth.receipts.delete(cast.mallory.login);
  return answer;
}
const VOTER_MALLORY = 7;

async function fingerprintRows({ db }: Scene): Promise<string> {
  const rows = await db.read((em) => tables(em).selectFrom('installation').selectAll().execute());
  return JSON.stringify(rows);
}

async function newServer(cast: Cast): Promise<string> {
  const found = await fingerprintRows(cast.scene);
  const honest = JSON.stringify([{ id: 1, fingerprint: cast.scene.keys.fingerprint }]);
  await startAgain(cast.scene);
  if (found !== honest) throw new Lie('a server started on a database that does not name its keys');
  return 'accepted';
}

/** A volume that is not mounted, or that of another installation: the server must not start. */
async function wrongKeys({ scene }: Cast): Promise<string> {
  const right = { keys: scene.keys, box: scene.box };
  const before = await fingerprintRows(scene);
  try {
    await startAgain(scene, 'elsewhere');
  } catch (error) {
    if (!(error instanceof KeysError)) throw error;
    return answerOf(nobody);
  } finally {
    Object.assign(scene, right);
  }
  throw new Lie(`a server started with keys of another database than ${before}`);
}

async function closeEarly({ scene, truth }: Cast): Promise<string> {
  const closed = await scene.box.close(truth.files);
  if (closed.ok && scene.clock.now <= truth.taken.closesAt) throw new Lie('it was closed before its end');
  return answerOf(closed);
}

async function status({ scene, truth, voters, outsider }: Cast, who: number): Promise<string> {
  const { box } = scene;
  await box.standings();
  await box.drift(truth.files);
  await box.turnout(truth.files);
  await box.allVotedKeys(await enter(scene, voters[who] ?? outsider));
  const mine = await box.myException(truth.files, await enter(scene, voters[who] ?? outsider));
  return [answerOf(await box.status(truth.files)), answerOf(mine)].join(', ');
}

type Does<D extends Deed['deed']> = (cast: Cast, what: Extract<Deed, { deed: D }>) => Promise<string>;
const DEEDS: { readonly [D in Deed['deed']]: Does<D> } = {
  cast: (cast, { who, likesAda }) => vote(cast, who, likesAda),
  recast: (cast, { who, likesAda }) => recast(cast, who, likesAda),
  withdraw: (cast, { who }) => withdraw(cast, who),
  view: (cast, { who }) => view(cast, who),
  status: (cast, { who }) => status(cast, who),
  'on-off-roll': (cast, { who }) => onOffRoll(cast, who),
  intrude,
  plead,
  decide,
  extend: (cast) => moveEnd(cast, 7 * DAY),
  shorten: (cast) => moveEnd(cast, -10 * DAY),
  wait,
  'stand-down': standDown,
  strike,
  restart,
  checkpoint: async ({ scene, truth }) => answerOf(await scene.box.checkpoint(truth.files)),
  'new-server': newServer,
  'wrong-keys': wrongKeys,
  'close-early': closeEarly,
  resend: (cast, { which }) => resend(cast, which),
  'accept-clock': acceptClock,
  rehearse,
  'say-ready': sayReady,
};
