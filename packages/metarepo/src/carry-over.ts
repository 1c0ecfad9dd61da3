import {
  opens,
  type Candidate,
  type Diagnostic,
  type Election,
  type ReadElection,
  type WaitingReason,
} from '@elekto/election';
import type { LastGood, SnapshotElection } from './model.ts';

/**
 * What is served of an election after a file of it broke. When election.yaml cannot be used, its whole
 * last good version is; when only the roll or a candidate file cannot, just that part is, so that the
 * other files' changes still take effect. A file that was removed is removed.
 */
export function carryOver(
  read: ReadElection,
  before: LastGood | undefined,
  commit: string,
): { served: SnapshotElection; good: LastGood | undefined } {
  if (!read.election) {
    if (!before) return { served: { ...read, staleSince: null }, good: undefined };
    return { served: { ...read, election: before.election, staleSince: before.commit }, good: before };
  }
  const kept: Diagnostic[] = [];
  let { election } = read;
  if (before) {
    const candidates = keepCandidates(read, before.election, kept);
    const rest = keepRoll(election, read, before.election, kept);
    // The same object where nothing is kept: whoever has seen it need not look again.
    if (rest !== election || candidates !== election.candidates) election = { ...rest, candidates };
  }
  // Nearly no election has one, and then nobody asks.
  const { waiting } = read.diagnostics.length === 0 ? { waiting: null } : opens(election);
  const stillTrue = ({ code }: Diagnostic): boolean =>
    waiting === 'no-candidates' || code === waiting || !OF_CANDIDATES.has(code);
  return {
    served: {
      key: read.key,
      folder: read.folder,
      election,
      diagnostics: [...read.diagnostics.filter(stillTrue), ...kept],
      staleSince: null,
    },
    good: { commit, election },
  };
}

/** Why an election waits, as long as nobody who is kept stands. */
const OF_CANDIDATES: ReadonlySet<string> = new Set<WaitingReason>([
  'no-candidates',
  'none-of-the-above-missing',
]);

/** The election with its roll, or with the one before where it has none that can be read. */
function keepRoll(
  election: Election,
  read: ReadElection,
  before: Election,
  kept: Diagnostic[],
): Omit<Election, 'candidates'> {
  if (election.noRoll === undefined || before.voters.length === 0) return election;
  const { noRoll, ...rest } = election;
  const file = read.diagnostics.find((d) => d.code === `voters-${noRoll}`)?.file ?? election.folder;
  kept.push(keptLastGood(file, 'The last voter roll that could be read stays in use.'));
  return { ...rest, voters: before.voters };
}

function keepCandidates(read: ReadElection, before: Election, kept: Diagnostic[]): readonly Candidate[] {
  const current = read.election?.candidates ?? [];
  const broken = new Set(read.diagnostics.filter((d) => d.severity === 'error').map((d) => d.file));
  // Of hundreds of elections nearly all.
  if (broken.size === 0) return current;
  const files = new Set(current.map((candidate) => candidate.file));
  const ids = new Set(current.map((candidate) => candidate.id));
  const stays = before.candidates.filter(
    (old) => broken.has(old.file) && !files.has(old.file) && !ids.has(old.id),
  );
  if (stays.length === 0) return current;
  for (const old of stays)
    kept.push(keptLastGood(old.file, 'The last version of this candidate that could be read stays in use.'));
  return [...current, ...stays].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

function keptLastGood(file: string, message: string): Diagnostic {
  return {
    code: 'kept-last-good',
    severity: 'warning',
    file,
    line: 0,
    column: 0,
    message,
    hint: 'Repair the file.',
  };
}
