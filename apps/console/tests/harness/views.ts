/** Every view of the console in every state that it has, by the scenario that shows it. */
import type { Page } from 'playwright-core';

export const OPEN = 'steering---term-4';
export const COUNTED = 'steering---term-3';

/**
 * Name of the picture, scenario (with more of the query where it has `&`), route, a text that shows when the view is
 * there.
 */
export type View = readonly [name: string, scenario: string, route: string, text: string];
type Steps = (page: Page) => Promise<unknown>;

const press =
  (name: string | RegExp) =>
  (page: Page): Promise<void> =>
    page.getByRole('button', { name }).first().click();
const type =
  (keys: string, there: string) =>
  async (page: Page): Promise<void> => {
    await page.getByText(there).filter({ visible: true }).first().waitFor();
    await page.keyboard.press(keys);
  };
/** Chosen as by the button for it. */
const take =
  (name: string, text: string) =>
  async (page: Page): Promise<void> => {
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /^Choose a/ }).click();
    await (await chosen).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  };

/** In the order of their scenarios: what is shown next is mostly one address away. */
export const VIEWS: readonly View[] = [
  ['signed-out', 'signed-out', '/', 'Sign in with GitHub'],
  ['home-empty', 'empty', '/', 'You are an officer of no election'],
  ['home-unread', 'unread', '/', 'An election that names you cannot be read'],
  ['home-held', 'held', '/', 'and are no officer of it'],
  ['held-open', 'held', '/elections/runs/result', 'It is shown in the desktop app'],
  [
    'held-closed',
    'held',
    '/elections/steering---term-5/result',
    'Officers count this election in the desktop app',
  ],
  ['home', 'demo', '/', 'Release captain'],
  ['overview', 'demo', `/elections/${OPEN}/overview`, 'Result published, when its files are merged'],
  ['overview-tie', 'demo', '/elections/tie---draw/overview', 'Tie to be decided'],
  ['turnout', 'demo', `/elections/${OPEN}/turnout`, 'Turnout since opening'],
  ['turnout-upcoming', 'demo', '/elections/maintainers---storage/turnout', 'Voting has not begun'],
  ['exceptions', 'demo', `/elections/${OPEN}/exceptions`, 'Reason'],
  ['roll', 'demo', `/elections/${OPEN}/roll`, 'Findings in voters.yaml'],
  ['result-before-the-end', 'demo', `/elections/${OPEN}/result`, 'There is no result before the end'],
  ['result-to-close', 'demo', '/elections/docs---leads/result', 'destroys the keys'],
  ['result', 'demo', `/elections/${COUNTED}/result`, 'Proof'],
  ['result-tie', 'demo', '/elections/tie---draw/result', 'Decide the tie'],
  ['publish-tie', 'demo', '/elections/tie---draw/publish', 'It cannot be published while a tie is open'],
  ['publish', 'demo', `/elections/${COUNTED}/publish`, 'Take it to the meta repository'],
  ['publish-too-early', 'demo', `/elections/${OPEN}/publish`, 'Nothing to publish yet'],
  ['rehearsal', 'demo', `/elections/${OPEN}/rehearsal`, 'Hold a rehearsal'],
  ['announce', 'demo', `/elections/${OPEN}/announce`, 'Everybody on the voter roll'],
  ['record', 'demo', `/elections/${OPEN}/record`, 'Hash'],
  ['count-file', 'demo', '/count', 'Drop a file of ballots anywhere'],
  ['settings', 'demo', '/settings', 'Keyboard'],
  ['unknown-election', 'demo', '/elections/nothing/turnout', 'This election is not among yours'],
  ['overview-stuck', 'stages', '/elections/stuck/overview', 'Not counted yet'],
  ['overview-held', 'stages', '/elections/held/overview', 'Held elsewhere: nothing was cast'],
  ['stages', 'stages', '/', 'The record was changed'],
  ['damaged', 'stages', '/elections/damaged/result', 'elekto election accept-restore damaged'],
  ['stuck', 'stages', '/elections/stuck/result', 'elekto restore <file>'],
  ['waits', 'stages', '/elections/waits/turnout', 'Nobody stands'],
  ['held-elsewhere', 'stages', '/elections/held/result', 'vote.old.example: nothing to do'],
  ['not-held-here', 'stages', '/elections/silent/result', 'nothing to close or to count'],
  ['publish-disputed', 'stages', '/elections/disputed/publish', 'The published files are not its result'],
  [
    'publish-superseded',
    'stages',
    '/elections/superseded/publish',
    'The files in the repository are from before',
  ],
  ['record-changed', 'stages', '/elections/agreed/record', 'Entry 41 of what officers and the server did'],
  ['crash', 'crash', `/elections/${OPEN}/turnout`, 'This view stopped working'],
];

/** Pages of an election that ask the server for something of their own. */
const ASKING = ['turnout', 'exceptions', 'roll', 'publish', 'announce', 'record', 'result'] as const;
const FAILING = 'Something went wrong';
/** What is said to be loaded while a page's own question is open; another word stands while the page's file is read. */
const LOADING: Readonly<Record<string, string>> = {
  ...{ turnout: 'the turnout', exceptions: 'the requests', roll: 'the roll', publish: 'the draft' },
  ...{ announce: 'the roll', record: 'the record', result: 'the result', home: 'your elections' },
  ...{ overview: 'the election', 'sign-in': 'the console', keys: 'your key' },
};
const SAYS = {
  loading: (page: string): string => `Loading ${LOADING[page]} ...`,
  failing: (): string => FAILING,
} as const;
const of = (page: string): string => `/elections/${COUNTED}/${page}`;
const AWAY = 'The server cannot be reached';

/** The same pages while they load and when the server answers with an error: of their own, or who somebody is. */
const UNANSWERED: readonly View[] = Object.entries(SAYS).flatMap(([state, says]): View[] => [
  ...ASKING.map((page): View => [`${page}-${state}`, state, of(page), says(page)]),
  [`home-${state}`, `${state}-home`, '/', says('home')],
  [`overview-${state}`, `${state}-home`, of('overview'), says('overview')],
  [`sign-in-${state}`, `${state}-me`, '/', says('sign-in')],
  [`keys-${state}`, `${state}-keys&keys=none`, '/keys', says('keys')],
]);

/** What an officer sees of each page when the server goes away behind it, and when it was away from the first on. */
const OFFLINE: readonly View[] = [
  ...(['overview', 'rehearsal', ...ASKING] as const).map((page): View => [
    `${page}-offline`,
    'offline',
    of(page),
    AWAY,
  ]),
  ['home-offline', 'offline', '/', AWAY],
  ['settings-offline', 'offline', '/settings', 'Keyboard'],
  ['count-file-offline', 'offline', '/count', 'Drop a file of ballots anywhere'],
  ['home-offline-at-first', 'offline-home', '/', 'Nothing has been loaded yet'],
  ['sign-in-offline', 'offline-me', '/', AWAY],
  ['keys-offline', 'offline-keys&keys=none', '/keys', AWAY],
];

/** An election of which nothing is there but its file. */
const EMPTY: readonly View[] = [
  ['overview-empty', 'bare', '/elections/bare/overview', 'Nobody stands yet'],
  ['overview-nobody-stands', 'bare', '/elections/soon/overview', 'Nobody is on the voter roll yet'],
  ['home-nobody-stands', 'bare', '/', 'Nobody stands yet'],
  ['rehearsal-empty', 'bare', '/elections/bare/rehearsal', 'This election has no candidates yet'],
  ['exceptions-empty', 'bare', '/elections/bare/exceptions', 'Nobody has asked for an exception'],
  ['roll-empty', 'bare', '/elections/bare/roll', 'Edit voters.yaml on GitHub'],
  ['turnout-empty', 'bare', '/elections/bare/turnout', 'Voting has not begun'],
  ['result-empty', 'bare', '/elections/bare/result', 'There is no result before the end'],
  ['publish-empty', 'bare', '/elections/bare/publish', 'Nothing to publish yet'],
  ['announce-empty', 'bare', '/elections/bare/announce', 'nothing to announce before somebody stands'],
  ['record-empty', 'bare', '/elections/bare/record', 'Nothing recorded'],
];

/** What is over: nothing is asked for that helps nobody any more. */
const FINISHED: readonly View[] = [
  ['rehearsal-finished', 'stages', '/elections/agreed/rehearsal', 'by its files as they are now'],
  ['exceptions-finished', 'demo', of('exceptions'), 'Decisions ended with the voting'],
  ['roll-finished', 'demo', of('roll'), 'Approved, and not on the roll at the end'],
  ['turnout-finished', 'demo', of('turnout'), 'Turnout since opening'],
  ['overview-finished', 'stages', '/elections/agreed/overview', 'Published: nothing to do'],
  ['publish-finished', 'stages', '/elections/agreed/publish', 'They lie in the repository'],
  ['announce-finished', 'stages', '/elections/agreed/announce', 'Texts whose time has passed'],
  ['overview-drift', 'stages', '/elections/drifts/overview', 'Put the files back'],
];

/** What is there only once something was done, with what that is. */
export const PRESSED: readonly (readonly [...View, Steps])[] = [
  [
    'palette',
    'demo',
    '/',
    'Steering Committee, fourth term',
    async (page) => {
      await type('Control+k', 'Needs you')(page);
      await page.getByRole('combobox', { name: 'Go to or do' }).fill('steering');
    },
  ],
  ['shortcuts', 'demo', '/', 'Take the last decision back', type('?', 'Needs you')],
  ['exceptions-undo', 'demo', `/elections/${OPEN}/exceptions`, 'Approved: contributor-1', press(/^Approve$/)],
  ['exceptions-all-dialog', 'demo', `/elections/${OPEN}/exceptions`, 'Approve them', press(/^Approve all/)],
  ['close-dialog', 'demo', '/elections/docs---leads/result', 'Keep it as it is', press('Close and count')],
  ['start-anew-dialog', 'demo', `/elections/${OPEN}/turnout`, 'Ask for it', press('Ask to start anew')],
  ['mark-dialog', 'demo', of('publish'), 'Not yet', press('Mark as published')],
  ['rehearsal-loading', 'loading-rehearse', of('rehearsal'), 'Holding it', press('Hold a rehearsal')],
  ['rehearsal-failing', 'failing-rehearse', of('rehearsal'), FAILING, press('Hold a rehearsal')],
  [
    'rehearsal-held',
    'demo',
    `/elections/${OPEN}/rehearsal`,
    'made-up ballots, not a result',
    press('Hold a rehearsal'),
  ],
  [
    'count-file-read',
    'demo',
    '/count',
    'Save outcome',
    take('ballots.csv', 'ada,bob,cy\n1,2,3\n1,,2\n3,1,2\n'),
  ],
  ['count-file-failing', 'demo', '/count', 'cannot be read as ballots', take('notes.txt', 'Bring bread.\n')],
];

export const STATES: readonly View[] = [...UNANSWERED, ...OFFLINE, ...EMPTY, ...FINISHED];

/** As many as there will ever be: 60 elections, 10,000 requests, 100 candidates, 4,000 voters, 2,000 entries of the record. */
export const MANY: readonly View[] = [
  ['home-many', 'many', '/', 'In progress and coming'],
  ['overview-many', 'large', '/elections/large/overview', 'On the voter roll'],
  ['exceptions-many', 'large', '/elections/large-open/exceptions', 'Ask for more'],
  ['exceptions-many-over', 'large', '/elections/large/exceptions', 'Decisions ended with the voting'],
  ['result-many', 'large', '/elections/large/result', 'Proof'],
  ['roll-many', 'large', '/elections/large/roll', 'voters.yaml'],
  ['turnout-many', 'large', '/elections/large/turnout', 'Turnout since opening'],
  ['publish-many', 'large', '/elections/large/publish', 'Take it to the meta repository'],
  ['announce-many', 'large', '/elections/large/announce', 'to 3,998'],
  ['record-many', 'large', '/elections/large/record', 'Hash'],
];

/** A scene of an officer's keys, the look and the width in which it is asked, and what the officer reads there. */
export const KEY_VIEWS = [
  ['browser', 'light', 1280, 'Keys are kept by the desktop app'],
  ['none', 'light', 1280, 'Make my key'],
  ['no-keyring', 'dark', 360, 'no keyring that could keep a key'],
  ['lost-keyring', 'light', 360, 'does not open your key any more'],
  ['deal', 'dark', 1280, 'Waiting for you and sam-riva to deal'],
  ['confirm', 'light', 360, 'Waiting for you and sam-riva to confirm'],
  ['wait', 'dark', 360, 'Nothing for you to do now'],
  ['disputed', 'light', 1280, 'sam-riva says that the share which edda-lind dealt to them is wrong'],
  ['silent', 'dark', 360, 'do not wait any longer for sam-riva'],
  ['unanswered', 'light', 1280, 'Deal, rui-tavares: a complaint about it was not answered.'],
  ['void', 'dark', 1280, 'Complaint, sam-riva: the share that edda-lind dealt is right'],
  ['complete', 'light', 1280, 'Propose the finished file'],
  ['merged', 'dark', 360, 'Your share is on this computer'],
  ['renamed', 'light', 360, 'This computer has the key of edda-l'],
  ['edited', 'dark', 1280, 'This custody file cannot be used'],
] as const;

export const KEYS: readonly View[] = KEY_VIEWS.map(([scene, , , text]) => [
  `keys-${scene}`,
  `demo&keys=${scene}`,
  '/keys',
  text,
]);
