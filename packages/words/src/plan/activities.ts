import type { Election, Instant, Nominations } from '@elekto/election';

/** Something that officers do on a day. */
export interface Activity {
  /** Stays the same when dates move. */
  readonly id: string;
  readonly at: Instant;
  readonly what: string;
  /** With what, or where it is told; '' when it says itself. */
  readonly how: string;
}

/** What of an election its plan goes by. */
export interface Planned extends Pick<Election, 'name' | 'opensAt' | 'closesAt' | 'exceptionsDueAt'> {
  readonly nominations?: Pick<Nominations, 'opensAt' | 'closesAt' | 'endorsements'> | undefined;
}

const DAY = 86_400_000;
const WEEK = 7 * DAY;

/**
 * What officers of an election do, by its dates, in the order of the days. Where nothing says when nominations are, they are taken
 * for the six weeks that end two weeks before voting.
 */
export function activitiesFor({
  opensAt,
  closesAt,
  exceptionsDueAt,
  nominations,
}: Planned): readonly Activity[] {
  const nominated = nominations?.closesAt ?? opensAt - 2 * WEEK;
  const nominating = nominations?.opensAt ?? nominated - 4 * WEEK;
  const endorsed = (nominations?.endorsements ?? 0) > 0;
  const middle = opensAt + Math.floor((closesAt - opensAt) / 2);
  const all: readonly (Activity | false)[] = [
    act(
      'officers',
      nominating - 6 * WEEK,
      'Name the officers, with the numbers of their accounts',
      'election_officers',
    ),
    act(
      'rules',
      nominating - 5 * WEEK,
      'Agree on who may vote, and write it down before anybody counts',
      'roll.yaml',
    ),
    act(
      'folder',
      nominating - 4 * WEEK,
      'Merge the folder of the election',
      'elekto new election, elekto lint',
    ),
    act(
      'announce',
      nominating - 4 * WEEK + DAY,
      'Announce the election and its dates',
      "the console's texts",
    ),
    act('roll', nominating - WEEK, 'Build the roll, have it reviewed, and merge it', 'elekto roll build'),
    act(
      'roll-known',
      nominating - 3 * DAY,
      'Tell people to look whether they are on the roll',
      'the page of the election',
    ),
    act('nominations-open', nominating, 'Nominations open: announce it', 'the page "Stand for election"'),
    act('nominations-remind', nominated - WEEK, 'Remind people that nominations close in a week', ''),
    act('nominations-close', nominated, 'Nominations close', ''),
    endorsed &&
      act(
        'endorsements',
        nominated + DAY,
        'Look whether every candidate has the endorsements',
        'elekto lint',
      ),
    act('candidates', nominated + 3 * DAY, 'Announce the candidates', ''),
    act(
      'questions',
      opensAt - 8 * DAY,
      'Ask the candidates for their answers, or hold a meeting with them',
      'questions.md',
    ),
    act('rehearse', opensAt - WEEK, 'Rehearse the whole election', 'elekto rehearse'),
    act(
      'backup',
      opensAt - 5 * DAY,
      'Have the operator try a backup and bring it back',
      'elekto backup, elekto doctor',
    ),
    act(
      'last-look',
      opensAt - 2 * DAY,
      'Last look: no error, no placeholder, seats, rule and candidates as agreed',
      'elekto lint',
    ),
    act('opens', opensAt, 'Voting opens: announce it', "the console's texts"),
    act('remind-middle', middle, 'Remind people to vote', "the console's texts"),
    act('exceptions-close', exceptionsDueAt, 'Last moment for requests for exceptions', ''),
    act(
      'exceptions-decided',
      exceptionsDueAt + 2 * DAY,
      'Every request is decided, and merged into the roll',
      'the console',
    ),
    act(
      'remind-last',
      Math.max(opensAt, closesAt - 3 * DAY),
      'Remind people that voting ends soon',
      "the console's texts",
    ),
    act('closes', closesAt, 'Voting closes, and the count begins', ''),
    act('count', closesAt + DAY, 'Look at the result, and decide ties if there are any', 'the console'),
    act('candidates-told', closesAt + 2 * DAY, 'Tell the candidates before everybody else', ''),
    act('publish', closesAt + 3 * DAY, 'Publish the result', 'the pull request that the console prepares'),
    act('verify', closesAt + 4 * DAY, 'Have somebody who is no officer count again', 'elekto verify'),
    act('look-back', closesAt + 2 * WEEK, 'Write down what to do otherwise next time', ''),
  ];
  return all.filter((each) => each !== false).sort((a, b) => a.at - b.at);
}

const act = (id: string, at: Instant, what: string, how: string): Activity => ({ id, at, what, how });
