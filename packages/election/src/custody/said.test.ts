/** What goes wrong with the officers' key before ballots are at stake, as `elekto lint` says it: sentence and way out, word for word. */
import { headerJson, writeTranscript } from '@elekto/custody/ceremony';
import { describe, expect, it } from 'vitest';
import { lintTree } from '../lint/lint.ts';
import { custodyTree, officerFile, type Changes } from './testing.ts';

const tree = await custodyTree(4, 3);
const { header, withHeader, yaml: YAML, finished: FINISHED } = tree;
const BEGUN = writeTranscript({ header, posts: [] });
const HOUR = 3_600_000;
const edited = (from: string, to: string) => ({ 'keys/2026.json': FINISHED.replace(from, to) });

/** Each diagnostic as the severity and the place, the sentence, and the way out. */
function said(more: Changes, hoursBefore: number): string[][] {
  const linted = lintTree('elections', tree.filesWith(more), { now: tree.opensAt - hoursBefore * HOUR });
  return [...linted.diagnostics, ...linted.elections.flatMap(({ diagnostics }) => diagnostics)].map(
    ({ severity, file, message, hint }) => [`${severity} ${file.replace('elections/', '')}`, message, hint],
  );
}

const IN_FILE = 'keys/2026.json';
const IN_ELECTION = 'x/election.yaml';
const NOT_READY = [
  `warning ${IN_ELECTION}`,
  'The officers have no key in keys/2026.json with which this election can open.',
  'See what else is said here: finish the ceremony before voting begins, or take "custody" out, and the server keeps the key. Once people vote, the count goes on with the key that their ballots are sealed to.',
];
const UNFINISHED = [
  `info ${IN_FILE}`,
  'The ceremony of this file is not finished: it has no transcript yet.',
  'Each officer deals and confirms, in the console or with "elekto custody"; "elekto custody status" says who is waited for.',
];
const EDITED =
  'Nobody edits this file by hand: bring back the version that the officers confirmed, or hold a new ceremony in a new file.';
const NEW_CEREMONY =
  'Before the first ballot: hold a new ceremony in a new file with the officers of today, and name that in "custody".';
const gone = (login: string): string[] => [
  `warning ${IN_ELECTION}`,
  `"${login}" holds a share of keys/2026.json and is no officer of this election.`,
  'If the account was renamed, name it in "election_officers", and rename its file in the folder officers and the login in it; the keys stay. If the person left, hold a new ceremony for coming elections. A count of ballots that are cast already needs their share all the same: the console shows it to them without the office.',
];
const STANDS = [
  `error ${IN_ELECTION}`,
  '"officer-2" stands (elections/x/candidate-officer-2.md) and holds a share of keys/2026.json.',
  'Nobody counts an election in which they stand. Before the first ballot: it does not open so; hold a ceremony without them, or have them withdraw. While people vote: it goes on with its key, and somebody proposed only now is not on the ballot; have who is on it withdraw, and an officer confirm that, or leave the count to the others of the board. After the end: nothing holds the count up; the others of the board do it, as long as they are enough.',
];
const noTime = (severity: string, left: string): string[] => [
  `${severity} ${IN_ELECTION}`,
  `Voting begins in ${left}, and the officers have no key in keys/2026.json.`,
  'Finish the ceremony now, move "start_datetime", or take "custody" out, and the server keeps the key.',
];

const TOO_LARGE =
  'Before the first ballot: it does not open so; take "custody" out, and the server keeps the key. While people vote: the candidates are those of the opening; take the names that came since off the roll again.';
/** So many candidates beside the one of the tree. */
const candidates = (more: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: more }, (_, i) => [
      `x/candidate-c${i}.md`,
      `---\nname: Candidate ${i}\nID: c${i}\n---\nBio\n`,
    ]),
  );
const votersFile = (count: number): string =>
  `eligible_voters:\n${Array.from({ length: count }, (_, i) => `  - voter-${i}\n`).join('')}`;

describe('before ballots are at stake, the linter says', () => {
  it.each<[string, Record<string, string | null>, number, string[][]]>([
    ['nothing of a finished ceremony', {}, 24, []],
    [
      'that an officer has another key, because the keyring was lost',
      { 'officers/officer-2.json': officerFile(9, 'officer-2') },
      720,
      [
        [
          `warning ${IN_ELECTION}`,
          '"officer-2" has another key today than in keys/2026.json: the one that holds a share seems to be lost.',
          'Whoever has its twelve words gets it back with them ("I have twelve words" in the console, or "elekto custody recover"); then bring the old file of the folder officers back. If the words are lost, too, hold a new ceremony for coming elections.',
        ],
        [
          `error ${IN_ELECTION}`,
          '3 of the 4 officers of keys/2026.json are left, and it takes 3 to open a count: if one more stays away, there is no result.',
          NEW_CEREMONY,
        ],
        NOT_READY,
      ],
    ],
    [
      'that an officer of the file has published no keys',
      { 'officers/officer-2.json': null },
      720,
      [
        [
          `warning ${IN_ELECTION}`,
          '"officer-2" holds a share of keys/2026.json and has no file in the folder officers: nothing says that the keys are theirs.',
          'Before the first ballot: ask the person, and not over the server, whether the keys are theirs. If so, have them propose their file of the folder officers with these keys ("My key" in the console; of a renamed account the file that there was, under the new name), and merge it when you know that it is that person\u2019s. If not, or if you do not know, hold a new ceremony in a new file. An election in which people vote already goes on with its key.',
        ],
        [
          `error ${IN_ELECTION}`,
          '3 of the 4 officers of keys/2026.json are left, and it takes 3 to open a count: if one more stays away, there is no result.',
          NEW_CEREMONY,
        ],
        NOT_READY,
      ],
    ],
    [
      'that an officer was removed after the ceremony',
      { 'x/election.yaml': YAML.replace('officer-2', 'somebody') },
      720,
      [
        gone('officer-2'),
        [
          `error ${IN_ELECTION}`,
          '3 of the 4 officers of keys/2026.json are left, and it takes 3 to open a count: if one more stays away, there is no result.',
          NEW_CEREMONY,
        ],
        NOT_READY,
      ],
    ],
    [
      'that two were removed, so that nobody could open the count',
      { 'x/election.yaml': YAML.replace('officer-2, officer-3', 'somebody') },
      720,
      [
        gone('officer-2'),
        gone('officer-3'),
        [
          `error ${IN_ELECTION}`,
          '2 of the 4 officers of keys/2026.json are left, and it takes 3 to open a count: there would be no result.',
          NEW_CEREMONY,
        ],
        NOT_READY,
      ],
    ],
    [
      'that those who were removed could open the count',
      { 'x/election.yaml': YAML.replace('officer-2, officer-3, officer-4', 'somebody') },
      720,
      [
        gone('officer-2'),
        gone('officer-3'),
        gone('officer-4'),
        [
          `error ${IN_ELECTION}`,
          '1 of the 4 officers of keys/2026.json are left, and it takes 3 to open a count: the others could open it without them.',
          NEW_CEREMONY,
        ],
        NOT_READY,
      ],
    ],
    [
      'that a login was renamed, and the share is theirs still',
      {
        'x/election.yaml': YAML.replace('officer-2', 'renamed'),
        'officers/officer-2.json': null,
        'officers/renamed.json': officerFile(2, 'renamed'),
      },
      720,
      [
        [
          `info ${IN_ELECTION}`,
          '"officer-2" of keys/2026.json has the keys of "renamed", who is an officer: the same person under another login.',
          'There is nothing to do: the share and the key stay theirs.',
        ],
      ],
    ],
    [
      'that a login in the finished transcript was edited in git',
      edited('"login": "officer-2"', '"login": "officer-9"'),
      720,
      [
        [
          `error ${IN_FILE}`,
          'Ceremony, whoever wrote it down: what stands there in the name of officer-1 is not what they signed for this ceremony.',
          EDITED,
        ],
        NOT_READY,
      ],
    ],
    [
      'that the conflict of a merge was left in it',
      { 'keys/2026.json': `<<<<<<< HEAD\n${FINISHED}` },
      720,
      [
        [
          `error ${IN_FILE}`,
          'Custody file, whoever wrote it: it is not the JSON that signed files are made of, line 1: expected a value.',
          EDITED,
        ],
        NOT_READY,
      ],
    ],
    [
      'that one alone could open the count',
      { 'keys/2026.json': withHeader({ threshold: 1 }) },
      720,
      [
        [
          `error ${IN_FILE}`,
          'Ceremony header, whoever wrote it: its threshold has to be a whole number, more than half of the 4 officers and 4 at most.',
          'Take a threshold of more than half of the officers: 2 of 3, 3 of 5. One officer alone must never open ballots.',
        ],
        NOT_READY,
      ],
    ],
    [
      'that there are two officers',
      {
        'keys/2026.json': withHeader({ officers: (headerJson(header)['officers'] as []).slice(0, 2) }),
      },
      720,
      [
        [
          `error ${IN_FILE}`,
          'Ceremony header, whoever wrote it: it names 2 of the three officers or more that there have to be.',
          'Name at least three officers: of two, either one who stays away leaves the election without a result.',
        ],
        NOT_READY,
      ],
    ],
    [
      'that there are six days left for the ceremony',
      { 'keys/2026.json': BEGUN },
      6 * 24,
      [UNFINISHED, NOT_READY, noTime('warning', '6 days')],
    ],
    [
      'that there is a day left for it',
      { 'keys/2026.json': BEGUN },
      36,
      [UNFINISHED, NOT_READY, noTime('error', 'a day')],
    ],
    [
      'that there is no time left for it',
      { 'keys/2026.json': BEGUN },
      2,
      [UNFINISHED, NOT_READY, noTime('error', 'less than a day')],
    ],
    ...([720, -1, -10_000] as const).map((hours): [string, Record<string, string>, number, string[][]] => [
      `that somebody of the board stands, and what that means in each stage, ${hours} hours before it`,
      { 'x/candidate-officer-2.md': '---\nname: Bea\nID: officer-2\n---\nBio\n' },
      hours,
      [STANDS, hours === -1 ? [`error ${IN_ELECTION}`, ...NOT_READY.slice(1)] : NOT_READY],
    ]),
    [
      'that more are on the roll than officers can count',
      { ...candidates(499), 'x/voters.yaml': votersFile(8739) },
      720,
      [
        [
          `error ${IN_ELECTION}`,
          '8739 voters are on the roll, and officers can count 8735 ballots of 500 candidates at most.',
          TOO_LARGE,
        ],
        NOT_READY,
      ],
    ],
    [
      'that more stand than a manifest names',
      candidates(1000),
      720,
      [
        [
          `error ${IN_ELECTION}`,
          '1001 candidates stand, and officers can count an election of 1000 at most.',
          TOO_LARGE,
        ],
        NOT_READY,
      ],
    ],
    ['nothing of a thousand who stand', candidates(999), 720, []],
    [
      'that voting should have begun',
      { 'keys/2026.json': BEGUN },
      -1,
      [UNFINISHED, [`error ${IN_ELECTION}`, ...NOT_READY.slice(1)]],
    ],
  ])('%s', (_, files, hoursBefore, expected) => {
    expect(said(files, hoursBefore)).toEqual(expected);
  });
});
