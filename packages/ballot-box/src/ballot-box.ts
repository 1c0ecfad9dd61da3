import type { Database, EntityManager } from '@elekto/db';
import type { CandidateId, Election, ElectionKey, Instant, OfficersBoard } from '@elekto/election';
import type { Header } from '@elekto/custody/ceremony';
import { aliveOfficers, pinnedManifest, sayAlive } from './board/alive.ts';
import { boardFile, boardFiles, boardStanding } from './board/board-standing.ts';
import type { BoardSource } from './board/board-source.ts';
import { postsOf, postToCeremony } from './board/ceremony.ts';
import { postFile } from './board/post-file.ts';
import { holdersOf, sayHolding, type Holding } from './board/readiness.ts';
import { boxFile } from './box/box-file.ts';
import { cast } from './box/cast.ts';
import { checkpoint } from './box/checkpoints.ts';
import { staleness } from './box/staleness.ts';
import { close } from './box/close.ts';
import { countAsIs } from './box/count-as-is.ts';
import type { DefinitionSource } from './box/definition-source.ts';
import { finalise } from './box/finalise.ts';
import { resultFacts } from './count/result-facts.ts';
import { ensureOpened } from './box/open-election.ts';
import { keysHeld } from './box/keys-held.ts';
import { keysMissing } from './box/keys-missing.ts';
import { paper } from './box/paper.ts';
import { linksTold, personFacts, publishedAt } from './box/person-facts.ts';
import { allVotedKeys, participation } from './box/participation.ts';
import { shownRelease } from './box/releases.ts';
import { replace, withdraw } from './box/replace.ts';
import type { Replacement } from './box/replace.ts';
import { askRestart, cancelRestart, confirmRestart } from './box/restart-voting.ts';
import { drift, standings } from './box/standings.ts';
import { decideStrike } from './box/strikes.ts';
import { state, status, turnout } from './box/status.ts';
import { fetchRecord, unlock } from './box/unlock.ts';
import type { RecordClaim } from './box/unlock.ts';
import type { Context } from './context.ts';
import type { KeyStore } from './keys/key-store.ts';
import type { ExceptionRequest, Person } from './model.ts';
import type { ManifestV2 } from '@elekto/protocol/manifest';
import type { Result } from '@elekto/protocol/refusal';
import type { Receipt, SealedCast } from '@elekto/protocol/ballot';
import { acceptClock } from './offices/accept-clock.ts';
import { acceptRecord, acceptRestore } from './offices/accept-restore.ts';
import { audit, recordProblem } from './offices/audit-trail.ts';
import {
  decideException,
  listExceptions,
  myException,
  replyException,
  requestException,
} from './offices/exceptions.ts';
import type { ExceptionPlea, OfficersRequest } from './offices/exceptions.ts';
import { noteFolders, purge, reattach } from './offices/folders.ts';
import { importException, importFinished } from './offices/import-finished.ts';
import type { FinishedElection, ImportedException } from './offices/import-finished.ts';
import {
  ballotsCsv,
  inclusionProof,
  markPublished,
  endLinks,
  notePublished,
  outcome,
  recordTieDecision,
  resultsJson,
} from './offices/results.ts';
import { moments, noteRehearsal } from './offices/moments.ts';
import { officesOf, takeOffice } from './offices/office.ts';
import { listOffices, releaseOffice } from './offices/operate-offices.ts';
import { KDF } from '@elekto/wire';
import type { KdfParameters } from '@elekto/wire';

export interface BallotBoxOptions {
  /** Migrated. */
  readonly db: Database;
  readonly keys: KeyStore;
  /** The clock that decides; the database's own unless a test gives another. Read after locks are taken. */
  readonly now?: (em: EntityManager) => Promise<Instant>;
  /** Why the time of that clock is not to be believed before something ends for good; null when it is, as when missing. */
  readonly doubt?: (at: Instant) => Promise<string | null>;
  /** `rehearsal`: its manifests say so. */
  readonly kind?: ManifestV2['kind'];
  /** Only tests give others than the production parameters. */
  readonly kdf?: KdfParameters;
}

/**
 * The ballot box: every rule about ballots in one place. `election` is always the definition of the
 * snapshot in force, `person` who is signed in; phases, eligibility and offices are checked here again,
 * whatever the caller has checked. Methods answer with a Result; what they throw is a DatabaseFault, a
 * KeysError or a bug.
 */
export type BallotBox = ReturnType<typeof createBallotBox>;

const undoubted = (): Promise<null> => Promise.resolve(null);

/** Composes the ballot box over a database and the server's secrets. */
export function createBallotBox(options: BallotBoxOptions) {
  const { db, keys, now = (em) => db.now(em), doubt = undoubted, kind = 'election', kdf = KDF } = options;
  const ctx: Context = { db, keys, now, doubt, kind, kdf };

  return {
    ensureOpened: (election: Election, source: DefinitionSource) => ensureOpened(ctx, election, source),
    paper: (election: Election, person: Person) => paper(ctx, election, person),
    linksTold: (election: Election) => linksTold(ctx, election),
    publishedAt: (election: Pick<Election, 'key'>) => publishedAt(ctx, election),
    personFacts: (election: Election, person: Person) => personFacts(ctx, election, person),
    participation: (election: Pick<Election, 'key'>, person: Person) =>
      participation(ctx, election.key, person),
    cast: (election: Pick<Election, 'key'>, person: Person, sealed: SealedCast) =>
      cast(ctx, election, person, sealed),
    unlock: (election: Pick<Election, 'key'>, person: Person, authKey: string) =>
      unlock(ctx, election, person, authKey),
    fetchRecord: (election: Pick<Election, 'key'>, person: Person, claim: RecordClaim) =>
      fetchRecord(ctx, election, person, claim),
    replace: (election: Pick<Election, 'key'>, person: Person, change: Replacement) =>
      replace(ctx, election, person, change),
    withdraw: (
      election: Pick<Election, 'key'>,
      person: Person,
      claim: RecordClaim & Pick<Replacement, 'release'>,
    ) => withdraw(ctx, election, person, claim),
    shownRelease: (election: Pick<Election, 'key'>, receipt: Receipt) => shownRelease(ctx, election, receipt),
    allVotedKeys: (person: Person) => allVotedKeys(ctx, person),

    decideStrike: (
      election: Election,
      officer: Person,
      decision: { id: CandidateId; strike: boolean },
      source: DefinitionSource,
    ) => decideStrike(ctx, election, officer, decision, source),
    askRestart: (election: Election, officer: Person, source: DefinitionSource, board?: BoardSource) =>
      askRestart(ctx, election, officer, source, board),
    confirmRestart: (election: Election, officer: Person, source: DefinitionSource, board?: BoardSource) =>
      confirmRestart(ctx, election, officer, source, board),
    cancelRestart: (election: Election, officer: Person) => cancelRestart(ctx, election, officer),

    state: (key: ElectionKey) => state(ctx, key),
    standings: () => standings(ctx),
    keysHeld: () => keysHeld(ctx),
    keysMissing: () => keysMissing(ctx),
    drift: (election: Election) => drift(ctx, election),
    status: (election: Election) => status(ctx, election),
    turnout: (election: Election) => turnout(ctx, election),
    staleness: (key: ElectionKey) => staleness(ctx, key),
    checkpoint: (election: Pick<Election, 'key'>) => checkpoint(ctx, election),
    close: (election: Pick<Election, 'key'>) => close(ctx, election),
    finalise: (election: Pick<Election, 'key'>, source?: BoardSource) => finalise(ctx, election, source),
    boxFile: (election: Pick<Election, 'key'>) => boxFile(ctx, election),

    outcome: (election: Election, officer: Person) => outcome(ctx, election, officer),
    ballotsCsv: (election: Election, officer: Person) => ballotsCsv(ctx, election, officer),
    resultsJson: (election: Election, officer: Person) => resultsJson(ctx, election, officer),
    inclusionProof: (election: Pick<Election, 'key'>, tracker: string) =>
      inclusionProof(ctx, election, tracker),
    moments: () => moments(ctx),
    noteRehearsal: (election: Election, officer: Person) => noteRehearsal(ctx, election, officer),
    recordTieDecision: (
      election: Election,
      officer: Person,
      decision: { winners: readonly CandidateId[]; how: string },
    ) => recordTieDecision(ctx, election, officer, decision),
    markPublished: (election: Election, officer: Person) => markPublished(ctx, election, officer),
    endLinks: (key: ElectionKey) => endLinks(ctx, key),
    notePublished: (election: Pick<Election, 'key' | 'resultsJson'>) => notePublished(ctx, election),
    resultFacts: (key: ElectionKey) => resultFacts(ctx, key),

    requestException: (election: Election, person: Person, plea: ExceptionPlea) =>
      requestException(ctx, election, person, plea),
    myException: (election: Pick<Election, 'key'>, person: Person) => myException(ctx, election, person),
    replyException: (
      election: Pick<Election, 'key' | 'closesAt'>,
      person: Person,
      reply: { version: number; text: string },
    ) => replyException(ctx, election, person, reply),
    listExceptions: (election: Election, officer: Person) => listExceptions(ctx, election, officer),
    decideException: (
      election: Election,
      officer: Person,
      decision: { id: string; version: number; status: ExceptionRequest['status']; note: string },
    ): Promise<Result<OfficersRequest>> => decideException(ctx, election, officer, decision),

    postToCeremony: (header: Header, post: unknown) => postToCeremony(ctx, header, post),
    postsOf: (header: Header) => postsOf(ctx, header),
    sayReady: (board: OfficersBoard, key: ElectionKey, said: Holding) =>
      sayHolding(ctx, board, { kind: 'ready', election: key }, said),
    readyOfficers: (board: OfficersBoard, key: ElectionKey) =>
      holdersOf(ctx, board, { kind: 'ready', election: key }),
    pinnedManifest: (key: ElectionKey) => pinnedManifest(ctx, key),
    sayAlive: (board: OfficersBoard, key: ElectionKey, said: Holding) => sayAlive(ctx, board, key, said),
    aliveOfficers: (board: OfficersBoard, key: ElectionKey) => aliveOfficers(ctx, board, key),

    boardFiles: (key: ElectionKey) => boardFiles(ctx, key),
    boardFile: (key: ElectionKey, name: string) => boardFile(ctx, key, name),
    boardStanding: (key: ElectionKey, source: BoardSource) => boardStanding(ctx, key, source),
    postFile: (key: ElectionKey, bytes: Uint8Array, source: BoardSource) => postFile(ctx, key, bytes, source),

    takeOffice: (election: Election, person: Person) => takeOffice(ctx, election, person),
    officesOf: (elections: Parameters<typeof officesOf>[1], person: Person) =>
      officesOf(ctx, elections, person),
    listOffices: () => listOffices(ctx),
    releaseOffice: (office: { key: ElectionKey; login: string }, actor: string) =>
      releaseOffice(ctx, office, actor),
    audit: (election: Election, officer: Person) => audit(ctx, election, officer),
    recordProblem: () => recordProblem(ctx),
    noteFolders: (present: readonly ElectionKey[], source: DefinitionSource) =>
      noteFolders(ctx, present, source),
    reattach: (from: ElectionKey, election: Election, actor: string) => reattach(ctx, from, election, actor),
    acceptClock: (actor: string) => acceptClock(ctx, actor),
    acceptRecord: (actor: string) => acceptRecord(ctx, actor),
    countAsIs: (election: Pick<Election, 'key'>, actor: string | null) => countAsIs(ctx, election, actor),
    acceptRestore: (election: Pick<Election, 'key'>, actor: string) => acceptRestore(ctx, election, actor),
    importFinished: (election: Election, commit: string, finished: FinishedElection) =>
      importFinished(ctx, election, commit, finished),
    importException: (election: Pick<Election, 'key'>, request: ImportedException) =>
      importException(ctx, election, request),
    purge: (key: ElectionKey, actor: string) => purge(ctx, key, actor),
  };
}
