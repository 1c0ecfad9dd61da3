/** A fictional organisation as the server would describe it, at a fixed instant. */
import { count, formatBallotsCsv, type Ballot, type Outcome } from '@elekto/tally';
import type {
  CandidateCard,
  Definition,
  ElectionOverview,
  ElectionResult,
  ExceptionRequest,
  Overview,
  Turnout,
} from '../../src/renderer/backend/model.ts';

export const NOW = Date.UTC(2026, 5, 5, 14, 30);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface FakeElection {
  overview: ElectionOverview;
  definition: Definition;
  requests: ExceptionRequest[];
  turnout: Turnout;
  ballots: readonly Ballot[];
  result: ElectionResult | null;
}

/** Small, seeded, good enough for made-up people: mulberry32. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const PEOPLE: readonly (readonly [string, string, string])[] = [
  ['ines-carvalho', 'Inês Carvalho', 'Tidewater Labs'],
  ['kaito-mori', 'Kaito Mori', 'Harbour Systems'],
  ['leila-haddadi', 'Leila Haddadi', 'Tidewater Labs'],
  ['tolu-adeyemi', 'Tolu Adeyemi', 'Independent'],
  ['ursa-kovac', 'Urša Kovač', 'University of Primorska'],
  ['viggo-holm', 'Viggo Holm', 'Harbour Systems'],
];

export function candidates(amount: number): CandidateCard[] {
  return Array.from({ length: amount }, (_, index) => {
    const person = PEOPLE[index];
    const id = person?.[0] ?? `candidate-${String(index + 1).padStart(3, '0')}`;
    return {
      id,
      name: person?.[1] ?? `Candidate ${index + 1}`,
      fields: [{ name: 'employer', value: person?.[2] ?? `Employer ${index % 9}` }],
    };
  });
}

export function makeBallots(amount: number, choices: number, seed: number): Ballot[] {
  const next = random(seed);
  return Array.from({ length: amount }, () => {
    const scores = Array.from({ length: choices }, (_, index) => next() * 2 + index / choices);
    const order = scores.map((score, index) => ({ score, index })).sort((a, b) => a.score - b.score);
    const ranks: (number | null)[] = Array.from({ length: choices }, () => null);
    for (const [place, { index }] of order.entries()) ranks[index] = next() < 0.12 ? null : place + 1;
    return { ranks };
  });
}

interface Plan {
  readonly key: string;
  readonly name: string;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly state: ElectionOverview['state'];
  readonly seats: number;
  readonly candidates: number;
  readonly eligible: number;
  readonly cast: number;
  readonly requests: number;
  readonly limit?: number;
  readonly diagnostics?: ElectionOverview['diagnostics'];
  readonly ballots?: readonly Ballot[];
  readonly officers?: readonly string[];
  readonly earlier?: Turnout['earlier'];
  /** What the server says of it beyond that. */
  readonly told?: Partial<ElectionOverview>;
}

/** What the public is told while there is nothing to tell. */
export const NOTHING_PUBLISHED: ElectionOverview['published'] = {
  state: 'before',
  early: false,
  elected: null,
  openTies: 0,
  recounted: false,
  heldOn: null,
  unknownKey: null,
  dispute: null,
};

/** A folder that cannot be read at all. */
export const PROBLEMS: ElectionOverview['diagnostics'] = [
  {
    code: 'election-yaml',
    severity: 'error',
    file: 'elections/harbour/first/election.yaml',
    line: 4,
    column: 12,
    message: 'This is not YAML: a quotation mark is not closed.',
    hint: 'Close it on the same line.',
  },
];

const PUBLISHED: Partial<Record<ElectionOverview['stage'], ElectionOverview['published']['state']>> = {
  closed: 'counting',
  damaged: 'counting',
  waiting: 'waiting',
  counted: 'pending',
  published: 'signed',
  'held-elsewhere': 'none',
};

const published = (
  state: ElectionOverview['published']['state'],
  more: Partial<ElectionOverview['published']> = {},
) => ({
  published: { ...NOTHING_PUBLISHED, state, ...more },
});

function stageOfPlan({ state }: Plan, phase: ElectionOverview['phase']): ElectionOverview['stage'] {
  if (state === 'finalised') return 'counted';
  if (state === 'published') return state;
  if (phase !== 'ended') return phase;
  return state === null ? 'held-elsewhere' : 'closed';
}

export function makeElection(plan: Plan): FakeElection {
  const cards = candidates(plan.candidates);
  const ballots = plan.ballots ?? makeBallots(plan.cast, plan.candidates, plan.cast + plan.candidates);
  const requests = makeRequests(plan.key, plan.requests, plan.opensAt);
  const phase = NOW < plan.opensAt ? 'upcoming' : NOW <= plan.closesAt ? 'open' : 'ended';
  const stage = plan.told?.stage ?? stageOfPlan(plan, phase);
  const definition: Definition = {
    folder: `elections/${plan.key.replaceAll('---', '/')}`,
    meta: {
      url: 'https://github.com/driftwood/meta',
      host: 'github' as const,
      branch: 'main',
      commit: 'a'.repeat(40),
    },
    candidates: cards,
    officers: [...(plan.officers ?? ['edda-lind', 'rui-tavares'])],
    seats: plan.seats,
    representationLimit: plan.limit === undefined ? null : { field: 'employer', max: plan.limit },
    nominations: null,
    votersYaml: votersYaml(plan.eligible),
    planDone: ['announce', 'questions'],
  };
  const overview: ElectionOverview = {
    key: plan.key,
    name: plan.name,
    phase,
    stage,
    waiting: null,
    wouldWait: stage === 'upcoming' && plan.candidates === 0 ? 'no-candidates' : null,
    trouble: null,
    opensAt: plan.opensAt,
    closesAt: plan.closesAt,
    exceptionsDueAt: plan.closesAt - 2 * DAY,
    body: plan.name.replace(/, .*/, ''),
    seenAt: Math.min(plan.opensAt - 20 * DAY, NOW - 2 * DAY),
    rehearsed: null,
    seats: plan.seats,
    candidates: plan.candidates,
    state: plan.state,
    eligible: plan.eligible,
    cast: plan.state === null || (plan.state === 'open' && plan.cast < 3) ? null : plan.cast,
    toAdd: phase === 'ended' ? 0 : requests.filter(({ status }) => status === 'approved').length,
    requestsDue: phase === 'ended' ? 0 : requests.filter(({ status }) => status === 'open').length,
    diagnostics: plan.diagnostics ?? [],
    staleSince: null,
    drift: [],
    driftNames: {},
    withdrawals: [],
    restartAsked: null,
    tieProposed: null,
    fourEyes: false,
    custody: null,
    imported: false,
    openTies: null,
    ...published(PUBLISHED[stage] ?? 'before'),
    ...plan.told,
  };
  const election: FakeElection = {
    overview,
    definition,
    requests,
    turnout: makeTurnout(plan),
    ballots,
    result: null,
  };
  if (plan.state === 'finalised' || plan.state === 'published') setResult(election, finalise(election));
  return election;
}

function votersYaml(eligible: number): string {
  const logins = rollLogins(eligible);
  return `# Roll of 15 May, checked by edda-lind\neligible_voters:\n${logins
    .map((login, index) => `- ${login}${index === 2 ? '  # docs team' : ''}`)
    .join('\n')}\n`;
}

/** Why the people of the roll are on it: by contributions, every ninth as a lead, too; voter-40 was added by hand. */
export function evidenceOf(eligible: number): string {
  const rows = Array.from({ length: peopleOf(eligible) }, (_, index) => index + 1)
    .filter((n) => n !== 40)
    .flatMap((n) => [
      ...(n % 9 === 0 ? [`voter-${n},yes,Leads of groups,1,1,,`] : []),
      `voter-${n},yes,Contributors,${20 + (n % 37)},20,2025-0${1 + (n % 9)}-03,2026-0${1 + (n % 5)}-11`,
    ]);
  return `login,on_roll,rule,count,needed,first,last\n${rows.join('\n')}\nrelease-bot,no,bot,,,,\nold-hand,no,Stepped back,1,1,,\n`;
}

/** A bot and an address are among those whom a large roll names. */
const peopleOf = (eligible: number): number => (eligible < 20 ? eligible : eligible - 2);

/** The roll as written: two spellings of one account, a bot, an address and a plain duplicate in it. */
function rollLogins(eligible: number): string[] {
  const people = Array.from({ length: peopleOf(eligible) }, (_, index) => `voter-${index + 1}`);
  if (eligible < 20) return people;
  return [
    ...people.slice(0, 12),
    'Voter-3',
    'release-bot[bot]',
    'someone@example.org',
    'voter-7',
    ...people.slice(12),
  ];
}

/** The roll as read: each account once, with its line. */
export const rollVoters = (eligible: number): { login: string; line: number }[] => {
  const seen = new Set<string>();
  return rollLogins(eligible).flatMap((login, index) => {
    const isNew = !seen.has(login.toLowerCase());
    seen.add(login.toLowerCase());
    return isNew ? [{ login, line: index + 3 }] : [];
  });
};

function makeTurnout({ opensAt, closesAt, eligible, cast, state, earlier = [] }: Plan): Turnout {
  const open = state === 'open';
  const running = opensAt + (Math.floor((NOW - opensAt) / HOUR) + 1) * HOUR;
  const nextAt = open ? running : null;
  if (state === null) return { eligible, cast: null, buckets: [], asOf: null, nextAt: null, earlier };
  if (cast < 3) return { eligible, cast: open ? null : cast, buckets: [], asOf: null, nextAt, earlier };
  const until = open ? Math.min(running - HOUR, closesAt) : closesAt;
  const steps = Math.min(14, Math.floor(cast / 3));
  const buckets = Array.from({ length: steps }, (_, index) => {
    const share = (index + 1) / steps;
    // A running number is told in steps of three.
    return {
      // Told at the end of an hour.
      at: opensAt + Math.round((share * (until - opensAt)) / HOUR) * HOUR,
      cast: 3 * Math.round((cast * Math.pow(share, 0.7)) / 3),
    };
  });
  return { eligible, cast, buckets, asOf: until, nextAt, earlier };
}

const REASONS = [
  'I ran the calibration station in Setúbal for eight months; the commits are under the lab account.',
  'I translated the operator handbook into Japanese and answered questions in the forum every week.',
  'My merged contributions are under my old account, which I lost access to in February.',
  'I organised the spring workshop and reviewed the sensor drawings.',
];

function makeRequests(key: string, amount: number, opensAt: number): ExceptionRequest[] {
  const next = random(amount + key.length);
  return Array.from({ length: amount }, (_, index) => {
    const status = index < 3 || next() < 0.4 ? 'open' : next() < 0.6 ? 'approved' : 'declined';
    const at = opensAt - 3 * DAY + index * 7 * 60_000;
    return {
      id: `request-${index + 1}`,
      election: key,
      login: `contributor-${index + 1}`,
      account: String(9_000_000 + index),
      name: ['Amara Osei', 'Bo Lindqvist', 'Chidi Nwosu', 'Dana Petrov'][index % 4] ?? '',
      email: `contributor-${index + 1}@example.org`,
      reason: REASONS[index % REASONS.length] ?? '',
      status,
      version: status === 'open' ? 1 : 2,
      proposal: null,
      requestedAt: at,
      history:
        status === 'open'
          ? []
          : [{ at: at + HOUR, from: 'officer', by: 'rui-tavares', status, note: 'Checked with the team.' }],
    };
  });
}

/** Counts what was cast, as the server does after the end. */
export function finalise(
  { definition, ballots, overview }: FakeElection,
  tieDecisions: ElectionResult['tieDecisions'] = [],
): ElectionResult {
  const ids = definition.candidates.map(({ id }) => id);
  const values = new Map(definition.candidates.map(({ id, fields }) => [id, fields[0]?.value ?? '']));
  const { representationLimit } = definition;
  const outcome: Outcome = count(
    { candidates: ids, ballots },
    {
      seats: definition.seats,
      decisions: tieDecisions,
      ...(representationLimit === null ? {} : { limit: { ...representationLimit, values } }),
    },
  );
  return {
    state: 'finalised',
    manifest: {
      version: 1,
      key: overview.key,
      name: overview.name,
      seats: definition.seats,
      counting: {
        method: 'schulze',
        strength: 'winning',
        unranked: 'no-opinion',
        secondary: false,
        order: 'losses',
      },
      representationLimit,
      limitValues: representationLimit === null ? null : Object.fromEntries(values),
      candidates: [...ids].sort(),
      allowNoOpinion: true,
      receipts: 'after_close',
      deleteAfter: false,
      publicKey: 'A'.repeat(43),
      suite: 1,
      shards: 1,
      sourceCommit: definition.meta.commit,
    },
    manifestHash: '3f'.repeat(32),
    outcome,
    cast: ballots.length,
    eligible: overview.eligible,
    closedAt: overview.closesAt + 60_000,
    root: '9c'.repeat(32),
    signature: 'S'.repeat(86),
    publicKey: 'P'.repeat(43),
    tieDecisions,
    publishedAt: null,
  };
}

/** Gives an election its result, as the server tells of it afterwards. */
export function setResult(election: FakeElection, result: ElectionResult): void {
  const counted =
    election.overview.state === 'published' ? {} : { openTies: result.outcome.seats.openTies.length };
  election.result = result;
  election.overview = { ...election.overview, ...counted };
}

export const ballotsCsvOf = ({ definition, ballots }: FakeElection): string =>
  formatBallotsCsv({ candidates: definition.candidates.map(({ id }) => id), ballots });

const earlierElection = ([key, name, ago, eligible, cast]: readonly [
  key: string,
  name: string,
  daysAgo: number,
  eligible: number,
  cast: number,
]): Turnout['earlier'][number] => ({ key, name, closesAt: NOW - ago * DAY, eligible, cast });

/** The organisation of the screenshots: one of each stage. */
export function demoElections(): FakeElection[] {
  return [
    makeElection({
      key: 'steering---term-4',
      name: 'Steering Committee, fourth term',
      opensAt: NOW - 6 * DAY - HOUR / 2,
      closesAt: NOW + 3 * DAY + 9 * HOUR,
      state: 'open',
      seats: 3,
      candidates: 6,
      eligible: 214,
      cast: 96,
      requests: 14,
      limit: 1,
      earlier: (
        [
          ['steering---term-3', 'Steering Committee, third term', 368, 190, 131],
          ['steering---term-2', 'Steering Committee, second term', 1100, 171, 88],
        ] as const
      ).map(earlierElection),
      diagnostics: [
        {
          code: 'roll-duplicate',
          severity: 'warning',
          file: 'elections/steering/term-4/voters.yaml',
          line: 17,
          column: 3,
          message: 'voter-7 is on the roll twice.',
          hint: 'Remove one of the two lines.',
        },
        {
          code: 'unknown-field',
          severity: 'info',
          file: 'elections/steering/term-4/election.yaml',
          line: 9,
          column: 1,
          message: 'The field "chat" is not known.',
          hint: '',
        },
      ],
    }),
    makeElection({
      key: 'docs---leads',
      name: 'Documentation leads',
      opensAt: NOW - 9 * DAY,
      closesAt: NOW - 2 * HOUR,
      state: 'open',
      seats: 2,
      candidates: 4,
      eligible: 58,
      cast: 41,
      requests: 2,
    }),
    makeElection({
      key: 'steering---term-3',
      name: 'Steering Committee, third term',
      opensAt: NOW - 380 * DAY,
      closesAt: NOW - 368 * DAY,
      state: 'finalised',
      seats: 3,
      candidates: 6,
      eligible: 190,
      cast: 131,
      requests: 5,
      limit: 1,
    }),
    makeElection({
      key: 'tie---draw',
      name: 'Release captain',
      opensAt: NOW - 40 * DAY,
      closesAt: NOW - 33 * DAY,
      state: 'finalised',
      seats: 1,
      candidates: 3,
      eligible: 30,
      cast: 4,
      requests: 0,
      ballots: [{ ranks: [1, 2, 3] }, { ranks: [2, 1, 3] }, { ranks: [1, 2, 3] }, { ranks: [2, 1, 3] }],
    }),
    makeElection({
      key: 'maintainers---storage',
      name: 'Storage maintainers',
      opensAt: NOW + 12 * DAY,
      closesAt: NOW + 22 * DAY,
      state: null,
      seats: 1,
      candidates: 3,
      eligible: 41,
      cast: 0,
      requests: 1,
    }),
  ];
}

/** One that was only just written down, and one that opens in three days with nobody to vote for or to vote. */
export const bareElections = (): FakeElection[] => [
  makeElection({
    key: 'soon',
    name: 'Release captain, next term',
    opensAt: NOW + 3 * DAY,
    closesAt: NOW + 10 * DAY,
    state: null,
    seats: 1,
    candidates: 0,
    eligible: 0,
    cast: 0,
    requests: 0,
  }),
  makeElection({
    key: 'bare',
    name: 'Documentation leads, next term',
    opensAt: NOW + 40 * DAY,
    closesAt: NOW + 50 * DAY,
    state: null,
    seats: 1,
    candidates: 0,
    eligible: 0,
    cast: 0,
    requests: 0,
  }),
];

/** The same, where what one officer decides waits for another. */
export const fourEyesElections = (): FakeElection[] =>
  demoElections().map((election) => ({ ...election, overview: { ...election.overview, fourEyes: true } }));

/** Elections whose key officers hold: one that opens soon, one that runs, one that is counted. */
export function officersElections(): FakeElection[] {
  const custody = { officers: 3, threshold: 2, ready: 2, alive: 2 };
  const over = { seats: 2, candidates: 4, eligible: 58, cast: 41, requests: 0 };
  const plans: Plan[] = [
    {
      ...over,
      ...{ key: 'soon', name: 'Opens soon', state: null, opensAt: NOW + 5 * DAY, closesAt: NOW + 9 * DAY },
      told: { custody: { ...custody, ready: 1 } },
    },
    {
      ...over,
      ...{ key: 'runs', name: 'Runs', state: 'open', opensAt: NOW - 3 * DAY, closesAt: NOW + 2 * DAY },
      told: { custody: { ...custody, alive: 0 } },
    },
    {
      ...over,
      ...{ key: 'steering---term-5', name: 'Steering Committee, fifth term', state: 'closed' },
      ...{ opensAt: NOW - 12 * DAY, closesAt: NOW - 2 * HOUR },
      told: { custody },
    },
    {
      ...{ key: 'drawn', name: 'Drawn', state: 'finalised', seats: 1, candidates: 3, eligible: 30, cast: 2 },
      ...{ opensAt: NOW - 12 * DAY, closesAt: NOW - 4 * DAY, requests: 0 },
      ballots: [{ ranks: [1, 2, 3] }, { ranks: [2, 1, 3] }],
      told: { custody },
    },
  ];
  return plans.map(makeElection).map(underOfficers);
}

/** Elections whose key somebody holds a share of who is no officer of them: one that runs, one that is counted. */
export const HELD: Overview['held'] = (['open', 'closed'] as const).map((stage) => ({
  ...{ key: stage === 'open' ? 'runs' : 'steering---term-5', name: `Steering Committee, ${stage}`, stage },
  closesAt: stage === 'open' ? NOW + 2 * DAY : NOW - 2 * HOUR,
  custody: { officers: 3, threshold: 2, ready: 2, alive: 0 },
}));

/** A result of theirs is one of ballots that they opened. */
function underOfficers({ result, ...election }: FakeElection): FakeElection {
  if (result === null) return { ...election, result };
  const manifest = { ...result.manifest, version: 2, suite: 2 } as ElectionResult['manifest'];
  return { ...election, result: { ...result, manifest } };
}

/** One election for each way in which it can stand between ballot box and files. */
export function stageElections(): FakeElection[] {
  const over = {
    opensAt: NOW - 40 * DAY,
    closesAt: NOW - 33 * DAY,
    seats: 2,
    candidates: 4,
    eligible: 58,
    cast: 41,
    requests: 0,
  };
  const running = { ...over, opensAt: NOW - 2 * DAY, closesAt: NOW + 5 * DAY, state: 'open' as const };
  const trouble = (code: string) => ({
    trouble: {
      step: 'count',
      code,
      since: NOW - 2 * HOUR,
      lastTryAt: NOW - 60_000,
      nextTryAt: NOW + 240_000,
    },
  });
  const counted = { ...over, state: 'finalised' as const };
  const elsewhere = { ...over, state: null };
  const plans: Plan[] = [
    {
      ...over,
      key: 'damaged',
      name: 'Changed by a stranger',
      state: null,
      told: { stage: 'damaged', ...published('counting') },
    },
    {
      ...over,
      key: 'stuck',
      name: 'Stuck for want of a key',
      state: 'closed',
      told: trouble('keys-unreadable'),
    },
    {
      ...running,
      key: 'waits',
      name: 'Nobody stands',
      state: null,
      candidates: 0,
      told: { stage: 'waiting', phase: 'upcoming', waiting: 'no-candidates', ...published('waiting') },
    },
    {
      ...running,
      key: 'drifts',
      name: 'Edited while open',
      officers: ['edda-lind'],
      told: { drift: [{ code: 'seats-changed', pinned: 2, file: 3 }] },
    },
    {
      ...running,
      key: 'withdrew',
      name: 'Somebody withdrew',
      told: {
        withdrawals: [
          {
            id: 'leila-haddadi',
            name: 'Leila Haddadi',
            reason: 'I take over the observatory in spring.',
            struck: false,
          },
          { id: 'viggo-holm', name: 'Viggo Holm', reason: '', struck: true },
        ],
      },
    },
    { ...running, key: 'early', name: 'Results before the end', told: published('before', { early: true }) },
    { ...counted, key: 'superseded', name: 'Decided after it was published', told: published('superseded') },
    {
      ...counted,
      key: 'disputed',
      name: 'Other files than its own',
      told: published('disputed', {
        dispute: {
          code: 'check',
          check: { name: 'signature', ok: false, code: 'wrong-signature', facts: {} },
        },
      }),
    },
    { ...counted, key: 'report', name: 'Report without ballots', told: published('report') },
    {
      ...over,
      key: 'agreed',
      name: 'Published here',
      state: 'published',
      told: published('signed', { elected: [{ id: 'kaito-mori', name: 'Kaito Mori' }], recounted: true }),
    },
    {
      ...elsewhere,
      key: 'held',
      name: 'Held on the old server',
      told: published('signed', {
        heldOn: 'vote.old.example',
        elected: [{ id: 'ines-carvalho', name: 'Inês Carvalho' }],
        recounted: true,
      }),
    },
    {
      ...elsewhere,
      key: 'unknown',
      name: 'Signed by a stranger',
      told: published('recounted', {
        unknownKey: 'kQ'.repeat(21),
        elected: [{ id: 'tolu-adeyemi', name: 'Tolu Adeyemi' }],
        recounted: true,
      }),
    },
    {
      ...elsewhere,
      key: 'recounted',
      name: 'Counted from its ballots',
      told: published('recounted', {
        elected: [{ id: 'ursa-kovac', name: 'Urša Kovač' }],
        recounted: true,
      }),
    },
    { ...elsewhere, key: 'silent', name: 'Before there was a server' },
  ];
  return plans.map(makeElection);
}

/** The sizes that must stay smooth: 10,000 requests and 100 candidates. */
export const LARGE_TITLE = 'A very large election';

export function largeElections(): FakeElection[] {
  return [
    makeElection({
      key: 'large',
      name: LARGE_TITLE,
      opensAt: NOW - 20 * DAY,
      closesAt: NOW - 10 * DAY,
      state: 'finalised',
      seats: 9,
      candidates: 100,
      eligible: 4000,
      cast: 600,
      requests: 10_000,
    }),
    makeElection({
      key: 'large-open',
      name: `${LARGE_TITLE} that runs`,
      opensAt: NOW - 5 * DAY,
      closesAt: NOW + 5 * DAY,
      state: 'open',
      seats: 9,
      candidates: 100,
      eligible: 4000,
      cast: 600,
      requests: 10_000,
    }),
  ];
}

/** 60 elections in every stage of a plain life, of years and bodies. */
export function manyElections(): FakeElection[] {
  return Array.from({ length: 60 }, (_, index) => {
    const [year, body] = [2030 - Math.floor(index / 6), index % 6];
    const opensAt = NOW - (index - 8) * 30 * DAY;
    const closesAt = opensAt + 9 * DAY;
    return makeElection({
      key: `body-${body}---${year}`,
      name: `Committee for matters of kind ${body + 1}, ${year}`,
      opensAt,
      closesAt,
      state: NOW < opensAt ? null : NOW <= closesAt ? 'open' : index % 7 === 0 ? 'finalised' : 'published',
      seats: 2,
      candidates: 4,
      eligible: 120,
      cast: NOW < opensAt ? 0 : 40 + index,
      requests: NOW < opensAt ? 0 : index % 4,
    });
  });
}
