/**
 * What has happened in the demo before anybody sees it: a past election held from the opening to the published result,
 * and the running one on its fourth day. All of it by the real server under a moved clock, through its API: the
 * ballots are sealed by the library of the ballot page, the officers decide as in the console.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type RunningServer, type SiteBuilder } from '@elekto/server';
import { startFakeGitHub } from '@elekto/testing/fake-github';
import { DRIFTWOOD_PEOPLE } from './demo.ts';
import { signInAs } from './demo-person.ts';

const PAST = 'releases---spring';
const RUNNING = 'steering---term-4';
const MINUTE = 60_000;

/** Two seats: cato-lunde by far, and the other two level. */
const PAST_BALLOTS = [
  ['cato-lunde', 'adaeze-obi', 'goran-ilic'],
  ['cato-lunde', 'goran-ilic', 'adaeze-obi'],
] as const;
const PAST_VOTERS = [
  'adaeze-obi',
  'anneke-vos',
  'bram-de-wit',
  'cato-lunde',
  'dimitri-pappas',
  'farah-nasser',
  'goran-ilic',
  'hollis-grey',
  'noor-haddad',
  'oskar-lindqvist',
];

const RUNNING_BALLOTS = [
  ['ines-carvalho', 'tolu-adeyemi', 'kaito-mori', 'ursa-kovac'],
  ['kaito-mori', 'ines-carvalho', 'viggo-holm'],
  ['tolu-adeyemi', 'ursa-kovac', 'ines-carvalho', 'leila-haddadi'],
  ['leila-haddadi', 'ines-carvalho', 'tolu-adeyemi', 'kaito-mori', 'ursa-kovac'],
] as const;
const RUNNING_VOTERS = [...PAST_VOTERS, 'piotr-zielak', 'quinn-abara'];

const REQUESTS = [
  {
    login: 'lotte-winter',
    name: 'Lotte Winter',
    reason:
      'I looked after the station at Cuxhaven from February on, which is not in the commit statistics: https://github.com/lotte-winter',
  },
  {
    login: 'amadou-ba',
    name: 'Amadou Ba',
    reason: 'I translated the operator handbook into French and answered questions in the forum every week.',
  },
  {
    login: 'priya-nair',
    name: 'Priya Nair',
    reason: 'My merged contributions are under my old account, priya-n, which I lost access to in spring.',
  },
] as const;

/** Nobody sees pages of the past: those of now are built at the start that follows. */
const noPages: SiteBuilder = {
  sources: () => 'none',
  build: ({ outDir }) => {
    mkdirSync(outDir, { recursive: true });
    writeFileSync(join(outDir, 'index.html'), '<!doctype html><title>Driftwood</title>');
    return Promise.resolve();
  },
};

const wide = { perPerson: 1e6, perAddress: 1e6, windowSeconds: 60 };
const NO_LIMITS = {
  read: wide,
  cast: wide,
  passphrase: wide,
  exception: wide,
  officer: wide,
  board: wide,
  'sign-in': wide,
  webhook: wide,
};

interface World {
  readonly server: RunningServer;
  readonly folder: (key: string) => string;
  /** Sets the clock, given as the dates of the example are written, and does what is due by then. */
  readonly until: (moment: string) => Promise<void>;
}

/**
 * Lives through it once, on a fresh data directory. `env` as for the server; `meta` is the demo's own copy of the
 * repository, `shift` the ms by which its dates were moved.
 */
export async function liveDemo(env: NodeJS.ProcessEnv, meta: string, shift: number): Promise<void> {
  const invented = [...new Set([...PAST_VOTERS, ...RUNNING_VOTERS, ...REQUESTS.map(({ login }) => login)])];
  const gitHub = await startFakeGitHub({
    people: [
      ...DRIFTWOOD_PEOPLE,
      ...invented.map((login, index) => ({ id: 71_001 + index, login, name: login, about: '' })),
    ],
  });
  let now = Date.parse('2026-05-04T08:30Z') + shift;
  const server = await startServer(
    { ...env, PORT: '0', ELEKTO_DEMO_SIGN_IN: gitHub.url },
    { clock: () => now, siteBuilder: noPages, limits: NO_LIMITS },
  );
  const until = async (moment: string): Promise<void> => {
    now = Date.parse(moment) + shift;
    await server.tick();
  };
  const folder = (key: string): string => join(meta, 'elections', ...key.split('---'));
  try {
    await holdThePast({ server, until, folder });
    await beginTheRunning({ server, until, folder });
  } finally {
    await server.close();
    await gitHub.close();
  }
}

/** A ballot each, half an hour before the next number may be told. */
async function castAll(
  { server, until }: World,
  key: string,
  hour: string,
  people: readonly string[],
  ballots: readonly (readonly string[])[],
): Promise<void> {
  await until(`${hour}:30Z`);
  await Promise.all(
    people.map(async (login, index) => {
      const order = ballots[index % ballots.length] ?? [];
      const person = await signInAs(server.url, login);
      await person.vote(key, Object.fromEntries(order.map((id, place) => [id, place + 1])));
    }),
  );
  await until(new Date(Date.parse(`${hour}:30Z`) + 31 * MINUTE).toISOString());
}

async function holdThePast(world: World): Promise<void> {
  const { server, until, folder } = world;
  await castAll(world, PAST, '2026-05-04T18', PAST_VOTERS.slice(0, 4), PAST_BALLOTS);
  await castAll(world, PAST, '2026-05-10T19', PAST_VOTERS.slice(4), PAST_BALLOTS);
  await until('2026-05-12T00:01Z');
  await until('2026-05-12T09:20Z');
  const { api } = await signInAs(server.url, 'edda-lind');
  await api.officer.recordTieDecision.mutate({
    key: PAST,
    winners: ['goran-ilic'],
    how: 'Drawn by lot in the release meeting, in the presence of both.',
  });
  const [report, json, ballots] = await Promise.all([
    api.officer.resultsDraft.query({ key: PAST }),
    api.officer.resultsJson.query({ key: PAST }),
    api.officer.ballotsCsv.query({ key: PAST }),
  ]);
  const files = { 'results.md': report, 'results.json': json, 'ballots.csv': ballots };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder(PAST), name), text);
  await until('2026-05-13T10:00Z');
  await server.sync();
  await server.tick();
}

async function beginTheRunning(world: World): Promise<void> {
  const { server, until, folder } = world;
  await castAll(world, RUNNING, '2026-05-29T09', RUNNING_VOTERS.slice(0, 5), RUNNING_BALLOTS);
  for (const [index, { login, name, reason }] of REQUESTS.entries()) {
    await until(`2026-05-29T1${index + 3}:40Z`);
    const { api } = await signInAs(server.url, login);
    await api.exception.request.mutate({ key: RUNNING, name, email: `${login}@example.org`, reason });
  }
  await castAll(world, RUNNING, '2026-05-30T17', RUNNING_VOTERS.slice(5, 9), RUNNING_BALLOTS);
  const { api } = await signInAs(server.url, 'rui-tavares');
  const requests = await api.officer.exceptions.query({ key: RUNNING });
  const decide = async (login: string, status: 'approved' | 'more-information', note: string) => {
    const request = requests.find((each) => each.login === login);
    if (request === undefined) throw new Error(`the demo has no request of ${login}`);
    const { id, version } = request;
    await api.officer.decide.mutate({ key: RUNNING, id, version, status, note });
  };
  await decide('amadou-ba', 'approved', 'Thank you for the handbook.');
  await decide('priya-nair', 'more-information', 'Which of your changes can we look at?');
  await castAll(world, RUNNING, '2026-05-31T18', RUNNING_VOTERS.slice(9), RUNNING_BALLOTS);
  // What an officer meets sooner or later: a name that was changed too late, and somebody twice on the roll.
  edit(join(folder(RUNNING), 'candidate-viggo-holm.md'), 'name: Viggo Holm', 'name: Viggo T. Holm');
  edit(join(folder(RUNNING), 'voters.yaml'), '  - quinn-abara\n', '  - quinn-abara\n  - Mira-Okafor\n');
}

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(file, text.replace(from, to));
}
