import { countedEndorsements } from '../nominations/endorsements.ts';
import { answersIn } from '../nominations/questions.ts';
import type { Candidate, Diagnostic, Election, Endorsement, Instant, Uncounted } from '../model.ts';
import { sameLogin, type LoginRule } from '../login.ts';
import { phaseAt } from '../phase.ts';
import { Report, type Place } from '../report.ts';
import { quoted } from '../text.ts';
import { standing } from '../candidate/withdrawn.ts';

type Judged = Pick<
  Election,
  'candidates' | 'nominations' | 'questions' | 'opensAt' | 'closesAt' | 'houseRules'
> &
  LoginRule;

const HEADER: Place = { line: 1, column: 1 };

/**
 * What those who stand still owe: endorsements, somebody who nominated them, answers. A warning as long as there is time, with
 * until when; an error between the last moment and the start of voting; nothing once voting has begun, when it changes nothing.
 */
export function checkNominations(election: Judged, now: Instant): readonly Diagnostic[] {
  if (phaseAt(election, now) !== 'upcoming') return [];
  const none = election.houseRules?.noneOfTheAbove?.candidate;
  return standing(election.candidates)
    .filter(({ id }) => id !== none)
    .flatMap((candidate) => checkOne(candidate, election, now));
}

function checkOne(candidate: Candidate, election: Judged, now: Instant): readonly Diagnostic[] {
  const report = new Report(candidate.file);
  const { nominations, questions = [] } = election;
  const due = nominations?.closesAt ?? election.opensAt;
  const until = `until ${utc(due)}`;
  const owed = (code: string, what: string, hint: string): void =>
    now <= due
      ? report.warning(code, HEADER, `${what}; there is time ${until}.`, hint)
      : report.error(code, HEADER, `${what}; there was time ${until}.`, hint);
  for (const each of candidate.endorsedBy ?? []) sayUncounted(each, nominations?.distinct ?? '', report);
  if (nominations !== undefined) {
    const missing = nominations.endorsements - countedEndorsements(candidate);
    const distinct = nominations.distinct === null ? '' : ` of different ${quoted(nominations.distinct)}`;
    if (missing > 0)
      owed(
        'candidate-endorsements-missing',
        `${nominations.endorsements} endorsements${distinct} are needed, and ${missing} of them ${missing === 1 ? 'is' : 'are'} missing`,
        nominations.distinct === null
          ? 'Add "endorsed_by:" to the header and below it "  - login" for each.'
          : `Add "endorsed_by:" to the header and below it "  - login: ${nominations.distinct}" for each.`,
      );
    const nominated = candidate.nominatedBy;
    if (
      !nominations.selfNomination &&
      (nominated === undefined || sameLogin(nominated, candidate.id, election))
    )
      owed(
        'candidate-not-nominated',
        'Nobody else is named who nominated the candidate, as this election wants it',
        'Add "nominated_by: login" to the header.',
      );
  }
  answersIn(candidate.bio, questions).forEach((answer, index) => {
    const title = questions[index]?.title ?? '';
    if (answer === null)
      owed(
        'candidate-answer-missing',
        `The question ${quoted(title)} of questions.md is not answered`,
        `Add a heading "## ${title}" and the answer below it.`,
      );
  });
  return report.diagnostics;
}

const WHY: Readonly<Record<Uncounted, (field: string) => string>> = {
  self: () => "it is the candidate's own",
  twice: () => 'the person is named before',
  'not-on-roll': () => 'the person is not on the voter roll',
  'no-value': (field) => `it does not say the ${quoted(field)}`,
  'same-value': (field) => `somebody before has the same ${quoted(field)}`,
};

function sayUncounted({ login, line, uncounted }: Endorsement, field: string, report: Report): void {
  if (uncounted === undefined) return;
  report.warning(
    'candidate-endorsement-uncounted',
    { line, column: 1 },
    `The endorsement of ${quoted(login)} does not count: ${WHY[uncounted](field)}.`,
    uncounted === 'no-value'
      ? `Write "  - ${login}: " and the ${field}.`
      : 'Name somebody else, or leave it as it is.',
  );
}

const utc = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
