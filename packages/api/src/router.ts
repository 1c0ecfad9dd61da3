/** Every procedure by name; each is in a file of its own. */
import { ballotParticipation } from './ballot/participation.ts';
import { ballotPaper } from './ballot/paper.ts';
import { castBallot } from './ballot/cast.ts';
import { inclusionProof } from './ballot/inclusion-proof.ts';
import { fetchRecord } from './ballot/record.ts';
import { ballotRelease } from './ballot/release.ts';
import { replaceBallot } from './ballot/replace.ts';
import { unlockBallot } from './ballot/unlock.ts';
import { withdrawBallot } from './ballot/withdraw.ts';
import { myException } from './exception/mine.ts';
import { replyException } from './exception/reply.ts';
import { boardCustody } from './board/custody.ts';
import { boardFile } from './board/file.ts';
import { boardManifest } from './board/manifest.ts';
import { boardFiles } from './board/files.ts';
import { postBoardFile } from './board/post.ts';
import { boardStanding } from './board/standing.ts';
import { alive } from './custody/alive.ts';
import { board } from './custody/board.ts';
import { boards } from './custody/boards.ts';
import { post } from './custody/post.ts';
import { ready } from './custody/ready.ts';
import { requestException } from './exception/request.ts';
import { getMe } from './me/get.ts';
import { getStand } from './me/stand.ts';
import { signOut } from './me/sign-out.ts';
import { audit } from './officer/audit.ts';
import { ballotsCsv } from './officer/ballots-csv.ts';
import { closeElection } from './officer/close.ts';
import { decideException } from './officer/decide.ts';
import { definition } from './officer/definition.ts';
import { officerElections } from './officer/elections.ts';
import { live } from './officer/live.ts';
import { listExceptions } from './officer/exceptions.ts';
import { outcome } from './officer/outcome.ts';
import { publicResult } from './officer/public-result.ts';
import { markPublished } from './officer/published.ts';
import { recordTieDecision } from './officer/record-tie-decision.ts';
import { rehearse } from './officer/rehearse.ts';
import { resultsDraft } from './officer/results-draft.ts';
import { resultsJson } from './officer/results-json.ts';
import { askRestart, cancelRestart, confirmRestart } from './officer/restart.ts';
import { roll } from './officer/roll.ts';
import { strike } from './officer/strike.ts';
import { turnout } from './officer/turnout.ts';
import { getStatus } from './status/get.ts';
import { router } from './trpc.ts';

export const appRouter = router({
  me: router({ get: getMe, stand: getStand, signOut }),
  ballot: router({
    paper: ballotPaper,
    participation: ballotParticipation,
    cast: castBallot,
    unlock: unlockBallot,
    record: fetchRecord,
    replace: replaceBallot,
    withdraw: withdrawBallot,
    inclusionProof,
    release: ballotRelease,
  }),
  exception: router({ mine: myException, request: requestException, reply: replyException }),
  officer: router({
    elections: officerElections,
    definition,
    turnout,
    exceptions: listExceptions,
    decide: decideException,
    close: closeElection,
    strike,
    askRestart,
    confirmRestart,
    cancelRestart,
    outcome,
    ballotsCsv,
    resultsJson,
    resultsDraft,
    recordTieDecision,
    publicResult,
    published: markPublished,
    audit,
    live,
    roll,
    rehearse,
  }),
  custody: router({ boards, board, post, ready, alive }),
  board: router({
    manifest: boardManifest,
    custody: boardCustody,
    files: boardFiles,
    file: boardFile,
    post: postBoardFile,
    standing: boardStanding,
  }),
  status: router({ get: getStatus }),
});

export type AppRouter = typeof appRouter;
