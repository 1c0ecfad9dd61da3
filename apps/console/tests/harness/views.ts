/** Every view of the console in every state that it has, by the scenario that shows it. */
export const OPEN = 'steering---term-4';
export const COUNTED = 'steering---term-3';

/** Name of the picture, scenario, route, and a text that shows when the view is there. */
export type View = readonly [name: string, scenario: string, route: string, text: string];

/** In the order of their scenarios: what is shown next is mostly one address away. */
export const VIEWS: readonly View[] = [
  ['signed-out', 'signed-out', '/', 'Sign in with GitHub'],
  ['home-empty', 'empty', '/', 'You are an officer of no election'],
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
const TOLD = {
  loading: 'Loading',
  failing: 'Something went wrong',
  offline: 'The server cannot be reached',
} as const;

/** The same pages while they load, when the server answers with an error, and when it is away. */
export const STATES: readonly View[] = Object.entries(TOLD).flatMap(([state, text]) => [
  ...ASKING.map((page): View => [`${page}-${state}`, state, `/elections/${COUNTED}/${page}`, text] as const),
  [`home-${state}`, `${state}-home`, '/', text] as const,
]);

/** As many as there will ever be: 60 elections, 10,000 requests, 100 candidates. */
export const MANY: readonly View[] = [
  ['home-many', 'many', '/', 'In progress and coming'],
  ['exceptions-many', 'large', '/elections/large/exceptions', 'Reason'],
  ['result-many', 'large', '/elections/large/result', 'Proof'],
  ['roll-many', 'large', '/elections/large/roll', 'voters.yaml'],
];
