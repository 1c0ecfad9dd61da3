import { standing } from '../candidate/withdrawn.ts';
import { foldLogin, sameLogin, type LoginRule } from '../login.ts';
import type { Diagnostic, Election, OfficersBoard } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { quoted } from '../text.ts';
import type { CustodyFile, CustodyFolders } from './model.ts';

/** What an election and its custody file say about each other. */
export interface CheckedCustody {
  /** Whether this election can open with the board of the file. */
  readonly fits: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

type Checked = Pick<Election, 'officers' | 'candidates' | 'opensAt'> & LoginRule;

/**
 * Compares an election with the custody file that it names: the day, the kind, who of the board is still an officer, and
 * that nobody of it stands. Once the first ballot has fixed who stands and whose key it is, this changes nothing any more. `path` is that
 * of election.yaml.
 */
export function checkCustody(
  election: Checked,
  file: CustodyFile,
  folders: CustodyFolders,
  path: string,
): CheckedCustody {
  const report = new Report(path);
  const { officers, board } = file;
  if (officers === null) return { fits: false, diagnostics: [] };
  const gone = officers.filter((officer) => !holds(officer, election, folders, report, file.file));
  const stands = checkCandidates(officers, election, folders, report, file.file);
  if (board === null) return { fits: false, diagnostics: report.diagnostics };
  if (board.kind !== 'election')
    report.error(
      'custody-rehearsal',
      WHOLE_FILE,
      `The key of ${file.file} was made for rehearsals; no election can open with it.`,
      'Name the file of a ceremony of the kind "election".',
    );
  const late = new Date(election.opensAt).toISOString().slice(0, 10) > board.until;
  if (late)
    report.error(
      'custody-until',
      WHOLE_FILE,
      `The key of ${file.file} is for elections that open until ${board.until}, and this one opens later.`,
      'Hold a new ceremony in a new file, and name that.',
    );
  const left = officers.length - gone.length;
  const few = left <= board.threshold || gone.length >= board.threshold;
  if (few) report.error('custody-too-few', WHOLE_FILE, tooFew(file.file, left, board), NEW_CEREMONY);
  const fits = board.kind === 'election' && !late && !few && !stands;
  return { fits, diagnostics: report.diagnostics };
}

const NEW_CEREMONY =
  'Before the first ballot: hold a new ceremony in a new file with the officers of today, and name that in "custody".';

function tooFew(file: string, left: number, { officers, threshold }: OfficersBoard): string {
  const gone = officers.length - left;
  return (
    `${left} of the ${officers.length} officers of ${file} are left, and it takes ${threshold} to open a count: ` +
    (gone >= threshold
      ? 'the others could open it without them.'
      : left < threshold
        ? 'there would be no result.'
        : 'if one more stays away, there is no result.')
  );
}

/** For each stage, since the files alone do not say whether a first ballot was cast. */
const CANDIDATE =
  'Nobody counts an election in which they stand. ' +
  'Before the first ballot: it does not open so; hold a ceremony without them, or have them withdraw. ' +
  'While people vote: it goes on with its key, and somebody proposed only now is not on the ballot; have who is on it withdraw, and an officer confirm that, or leave the count to the others of the board. ' +
  'After the end: nothing holds the count up; the others of the board do it, as long as they are enough.';

const UNPUBLISHED =
  'Before the first ballot: ask the person, and not over the server, whether the keys are theirs. If so, have them propose their file of the folder officers with these keys ("My key" in the console; of a renamed account the file that there was, under the new name), and merge it when you know that it is that person\u2019s. If not, or if you do not know, hold a new ceremony in a new file. An election in which people vote already goes on with its key.';

type Member = NonNullable<CustodyFile['officers']>[number];

/**
 * Whether somebody of the board is an officer of the election still, and has published the same keys: under their login, or under that
 * of another officer, whom they are then. Review of that file in git is all that says whose a key is, so who has none is not counted.
 */
function holds(
  member: Member,
  election: Checked,
  folders: CustodyFolders,
  report: Report,
  file: string,
): boolean {
  const named = (login: string): boolean =>
    election.officers.some((each) => sameLogin(each, login, election));
  const sameKeys = folders.officers.find(
    ({ sign, receive }) => sign === member.sign && receive === member.receive,
  );
  const own = folders.officers.find(({ login }) => sameLogin(login, member.login, election));
  const mayBeRenamed = !named(member.login) || own === undefined;
  if (mayBeRenamed && sameKeys !== undefined && named(sameKeys.login)) {
    report.info(
      'custody-officer-renamed',
      WHOLE_FILE,
      `${quoted(member.login)} of ${file} has the keys of ${quoted(sameKeys.login)}, who is an officer: the same person under another login.`,
      'There is nothing to do: the share and the key stay theirs.',
    );
    return true;
  }
  if (!named(member.login)) {
    report.warning(
      'custody-officer-gone',
      WHOLE_FILE,
      `${quoted(member.login)} holds a share of ${file} and is no officer of this election.`,
      'If the account was renamed, name it in "election_officers", and rename its file in the folder officers and the login in it; the keys stay. If the person left, hold a new ceremony for coming elections. A count of ballots that are cast already needs their share all the same: the console shows it to them without the office.',
    );
    return false;
  }
  if (own === undefined) {
    report.warning(
      'custody-officer-unpublished',
      WHOLE_FILE,
      `${quoted(member.login)} holds a share of ${file} and has no file in the folder officers: nothing says that the keys are theirs.`,
      UNPUBLISHED,
    );
    return false;
  }
  if (own.sign === member.sign && own.receive === member.receive) return true;
  report.warning(
    'custody-officer-key',
    WHOLE_FILE,
    `${quoted(member.login)} has another key today than in ${file}: the one that holds a share seems to be lost.`,
    'Whoever has its twelve words gets it back with them ("I have twelve words" in the console, or "elekto custody recover"); then bring the old file of the folder officers back. If the words are lost, too, hold a new ceremony for coming elections.',
  );
  return false;
}

/** Whether somebody of the board stands, under the login of the ceremony or the one that their keys have today. */
function checkCandidates(
  members: readonly Member[],
  election: Checked,
  { officers }: CustodyFolders,
  report: Report,
  file: string,
): boolean {
  const today = officers.filter((each) =>
    members.some(({ sign, receive }) => each.sign === sign && each.receive === receive),
  );
  const logins = new Set([...members, ...today].map(({ login }) => foldLogin(login, election)));
  const both = standing(election.candidates).filter(({ id }) => logins.has(foldLogin(id, election)));
  for (const { id, file: at } of both)
    report.error(
      'custody-candidate',
      WHOLE_FILE,
      `${quoted(id)} stands (${at}) and holds a share of ${file}.`,
      CANDIDATE,
    );
  return both.length > 0;
}
