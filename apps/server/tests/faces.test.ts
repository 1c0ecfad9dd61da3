import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { boxFactsOf, summarisePublished } from '@elekto/api';
import { METHODS } from '@elekto/election';
import type { Election } from '@elekto/election';
import { publishedResult } from '@elekto/protocol/published';
import type { Outcome } from '@elekto/tally';
import { headline, say, toResultsMarkdown, turnoutShare } from '@elekto/words';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  at,
  castFor,
  CLOSES,
  generator,
  must,
  newPerson,
  OPENS,
  startWorld,
} from '../../../packages/ballot-box/tests/support.ts';
import type { World } from '../../../packages/ballot-box/tests/support.ts';
import { resultTold } from '../../console/tests/harness/result-told.tsx';
import { STRANGER } from '../../../packages/protocol/tests/support/golden.ts';
import { definition, FolderSite, plain, profile, roll } from './support/folder-site.ts';

/** How many random elections are held; more by ELEKTO_FACES. */
const MANY = Number(process.env['ELEKTO_FACES'] ?? 28);
const SEED = Number(process.env['ELEKTO_FACES_SEED'] ?? 20261126);
const run = promisify(execFile);
const ELEKTO = join(import.meta.dirname, '../../../packages/cli/src/main.ts');
const EMPLOYERS = ['Acme', 'ACME', '  acme', 'Other', 'Ötzi AG', 'ötzi  ag', null];

/** What became of the files on their way into the repository. */
const WAYS = [
  'whole',
  'whole',
  'whole',
  'none',
  'edited',
  'other-winners',
  'signed-anew',
  'before-the-decision',
  'prose',
  'cut',
] as const;
type Way = (typeof WAYS)[number];

interface Held {
  readonly key: string;
  readonly folder: string;
  readonly way: Way;
  readonly election: Election;
  readonly outcome: Outcome;
  /** Before anybody decided a tie. */
  readonly before: Outcome;
  readonly names: Readonly<Record<string, string>>;
  /** As it was signed. */
  readonly eligible: number;
  /** What the officers’ console says of it, as HTML. */
  readonly consoleSays: string;
  /** Whether what lies in the repository is what was counted. */
  readonly agreed: boolean;
}

const random = generator(SEED);
const below = (n: number): number => Math.floor(random() * n);
const oneOf = <T>(list: readonly T[]): T => list[below(list.length)] as T;

/** The files of an election folder, by name. */
function draft(seats: number, candidates: number): Record<string, string> {
  const method = oneOf(METHODS);
  const limit = random() < 0.5 ? `representation_limit:\n  field: employer\n  max: ${1 + below(2)}\n` : '';
  const files: Record<string, string> = {
    'election.yaml': definition(seats, `method: ${method}\n${limit}`),
    'voters.yaml': roll(9),
  };
  for (let i = 0; i < candidates; i += 1) files[`candidate-c${i}.md`] = employed(`c${i}`);
  return files;
}

/** A candidate of some employer, or of none. */
function employed(id: string): string {
  const employer = oneOf(EMPLOYERS);
  return profile(id, employer === null ? null : `${oneOf(['employer', 'Employer'])}: '${employer}'`);
}

describe('every face of an election', () => {
  const base = mkdtempSync(join(tmpdir(), 'elekto-faces-'));
  const held: Held[] = [];
  let world: World;
  let files: FolderSite;
  let page: (path: string) => string;

  /** Changes of the files at some moment: seats, somebody's employer, a candidate who is gone or new. */
  const edit = (folder: string, drafted: Record<string, string>): Election => {
    const what = below(4);
    if (what === 0) {
      const text = readFileSync(join(files.meta, folder, 'election.yaml'), 'utf8');
      return files.write(folder, {
        'election.yaml': text.replace(/no_winners: \d/, `no_winners: ${1 + below(3)}`),
      });
    }
    if (what === 1) return files.write(folder, { 'candidate-c0.md': employed('c0') });
    if (what === 2) return files.write(folder, { 'candidate-late.md': employed('late') });
    return Object.keys(drafted).length > 4
      ? files.write(folder, { 'candidate-c1.md': null })
      : files.read(folder);
  };

  async function hold(i: number): Promise<Held> {
    const key = `e${i}`;
    const folder = `elections/${key}`;
    const drafted = draft(1 + below(3), 2 + below(4));
    world.clock.now = OPENS + 1000;
    let election = files.write(folder, drafted);
    must(await world.box.ensureOpened(election, at(`${key} as merged`)));
    if (random() < 0.3) {
      election = edit(folder, drafted);
      must(await world.box.ensureOpened(election, at(`${key} before the first ballot`)));
    }
    const people = await Promise.all(
      election.voters.slice(0, 2 + below(8)).map(({ login }) => newPerson(world, login)),
    );
    for (const person of people) {
      const { manifest } = must(await world.box.paper(election, person));
      const ranking = Object.fromEntries(
        manifest.candidates.flatMap((id) =>
          random() < 0.25 ? [] : [[id, 1 + below(manifest.candidates.length)]],
        ),
      ) as Record<string, number>;
      await castFor(world, election, person, ranking);
      if (random() < 0.15) {
        election = edit(folder, drafted);
        must(await world.box.ensureOpened(election, at(`${key} among ballots ${random()}`)));
      }
    }
    world.clock.now = CLOSES + 1000;
    must(await world.box.close(election));
    must(await world.box.finalise(election));
    const officer = await newPerson(world, `officer`);
    const json = async () => must(await world.box.resultsJson(election, officer));
    const before = await json();
    const undecided = must(await world.box.outcome(election, officer)).outcome;
    let decided = false;
    for (;;) {
      const { outcome } = must(await world.box.outcome(election, officer));
      const [tie] = outcome.seats.openTies;
      if (tie === undefined || random() < 0.4) break;
      const winners = tie.candidates.slice(0, tie.seats);
      const recorded = await world.box.recordTieDecision(election, officer, {
        winners,
        how: `By lot, ${i}.`,
      });
      if (!recorded.ok) break;
      decided = true;
    }
    const { outcome, manifest, eligible, tieDecisions } = must(await world.box.outcome(election, officer));
    const consoleSays = resultTold({ outcome, manifest, tieDecisions });
    const names = manifest.version === 2 ? manifest.names : {};
    let way: Way = oneOf(WAYS);
    if (way === 'before-the-decision' && !decided) way = 'whole';
    const csv = must(await world.box.ballotsCsv(election, officer));
    const signed = await json();
    const markdown = toResultsMarkdown({ outcome, election: election.name, eligible, names });
    const published: Record<Way, Record<string, string>> = {
      whole: { 'ballots.csv': csv, 'results.json': signed, 'results.md': markdown },
      none: {},
      edited: { 'ballots.csv': edited(csv), 'results.json': signed },
      'other-winners': { 'ballots.csv': csv, 'results.json': otherWinners(signed) },
      'signed-anew': {
        'ballots.csv': csv,
        'results.json': JSON.stringify(STRANGER.sign(JSON.parse(signed) as object), null, 2),
      },
      'before-the-decision': { 'ballots.csv': csv, 'results.json': before },
      prose: { 'results.md': markdown },
      cut: { 'ballots.csv': csv, 'results.json': signed.slice(0, signed.length / 2) },
    };
    // Whoever tidies the roll afterwards changes nothing of who could vote.
    election = files.write(folder, { ...published[way], 'voters.yaml': roll(1) });
    return {
      ...{ key, folder, way, election, outcome, names, eligible, consoleSays },
      before: undecided,
      agreed: way === 'whole',
    };
  }

  const signedFile = (): string =>
    join(files.meta, held.find(({ way }) => way === 'whole')?.folder ?? '', 'results.json');

  /** One rank of one ballot is another. */
  function edited(csv: string): string {
    const [head = '', first = '', ...rest] = csv.split('\n');
    const cells = first.split(',');
    const changed = cells.map((cell, i) => (i === 0 ? (cell === '1' ? 'No opinion' : '1') : cell));
    return [head, changed.join(','), ...rest].join('\n');
  }

  /** Somebody else is called elected, without the key. */
  function otherWinners(json: string): string {
    const file = JSON.parse(json) as {
      manifest: { candidates: string[] };
      outcome: { seats: { elected: string[] } };
    };
    const { elected } = file.outcome.seats;
    const other = file.manifest.candidates.find((id) => !elected.includes(id));
    file.outcome.seats.elected = [...elected.slice(1), ...(other === undefined ? [] : [other])];
    return JSON.stringify(file, null, 2);
  }

  beforeAll(async () => {
    world = await startWorld('sqlite');
    files = new FolderSite(base, world);
    for (let i = 0; i < MANY; i += 1) held.push(await hold(i));
    const nobody = files.write('elections/nobody', {
      'election.yaml': definition(1, '', world.clock.now + 3_600_000),
      'voters.yaml': roll(9),
    });
    page = await files.build('site', [...held.map(({ election }) => election), nobody]);
  }, 600_000);
  afterAll(async () => {
    await world?.end();
    rmSync(base, { recursive: true, force: true });
  });

  it('holds elections of every kind', () => {
    expect(new Set(held.map(({ way }) => way)).size).toBeGreaterThan(4);
    expect(held.some(({ outcome }) => outcome.seats.openTies.length > 0)).toBe(true);
    expect(held.some(({ outcome }) => outcome.seats.decisions.length > 0)).toBe(true);
  });

  it('names the same elected, or all say that there is no agreed result', () => {
    const open = JSON.parse(page('elections.json')) as {
      elections: {
        key: string;
        result: string;
        eligible: number;
        results: { elected: string[] | null } | null;
      }[];
    };
    for (const { key, way, outcome, names, eligible, agreed } of held) {
      const label = `${key} (${way}, seed ${SEED})`;
      const html = page(`elections/${key}/results/index.html`);
      const said = headline(outcome, names, 'en');
      const lines = [...html.matchAll(/<p class="headline">(.*?)<\/p>/gs)].map(([, text = '']) =>
        plain(text),
      );
      const card = plain(/<meta property="og:description" content="([^"]*)"/.exec(html)?.[1] ?? '');
      const entry = open.elections.find((each) => each.key === key);
      const feed = JSON.parse(page(`elections/${key}/feed.json`)) as {
        items: { id: string; summary?: string; content_html?: string }[];
      };
      const item = feed.items.find(({ id }) => /#results/.test(id));
      const told = `${item?.summary ?? ''} ${item?.content_html ?? ''}`;
      const count = readdirSync(join(base, 'site/elections', key)).includes('count.json')
        ? (JSON.parse(page(`elections/${key}/count.json`)) as Outcome)
        : null;
      expect(entry?.eligible, label).toBe(eligible);
      expect(plain(html), label).toContain(turnoutShare(outcome.counts.cast, eligible, 'en'));
      const elected = outcome.seats.elected;
      if (agreed) {
        expect(lines, label).toEqual([said]);
        expect(card, label).toBe(said);
        expect(entry?.results?.elected, label).toEqual(elected);
        expect(entry?.result, label).toBe('signed');
        expect(count?.seats.elected, label).toEqual(elected);
        for (const id of elected) expect(told, label).toContain(names[id] ?? id);
      } else {
        expect(lines.join(' '), label).not.toMatch(/elected\b/);
        expect(card, label).not.toMatch(/(is|are) elected/);
        expect(entry?.results?.elected ?? null, label).toBeNull();
        expect(count, label).toBeNull();
        expect(told, label).not.toMatch(/(is|are) elected/);
      }
    }
  });

  it('say why an election does not open', () => {
    const html = plain(page('elections/nobody/index.html'));
    expect(html).toContain(`its time has come. ${say('en', 'waiting', 'no-candidates')}`);
    expect(plain(page('de/elections/nobody/index.html'))).toContain(say('de', 'waiting', 'no-candidates'));
  });

  it('of the console, by the result that it holds and by what the public is told', async () => {
    for (const { key, way, election, outcome, names, consoleSays, agreed } of held) {
      const label = `${key} (${way}, seed ${SEED})`;
      const [, said = ''] = /<p class="headline">(.*?)<\/p>/s.exec(consoleSays) ?? [];
      expect(plain(said), label).toBe(headline(outcome, names, 'en'));
      const box = await boxFactsOf(world.box, election, { waiting: null }, null);
      const published = await publishedResult({ election, phase: 'ended', box, knownKeys: [] });
      const { elected } = summarisePublished(published, election);
      expect(elected?.map(({ id }) => id) ?? null, label).toEqual(agreed ? outcome.seats.elected : null);
    }
  });

  it('of the command line, too, from the folder alone', async () => {
    const elekto = (...args: string[]) =>
      run(process.execPath, [ELEKTO, ...args], { cwd: files.meta }).then(
        ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
        (error: { code: number; stdout: string; stderr: string }) => error,
      );
    const { publicKey } = JSON.parse(readFileSync(signedFile(), 'utf8')) as { publicKey: string };
    writeFileSync(
      join(files.meta, 'elections/results-keys.yaml'),
      `- key: ${publicKey}\n  server: https://vote.example.org\n`,
    );
    // Starting a program takes its time: one election of each way that leaves something to check.
    const ways = new Map(held.map((each) => [each.way, each]));
    for (const way of ['none', 'prose'] as const) ways.delete(way);
    for (const { folder, key, way, outcome, before } of ways.values()) {
      const label = `${key} (${way}, seed ${SEED})`;
      const verified = await elekto('verify', folder);
      const tallied = await elekto('tally', folder, '--format', 'json');
      // A folder does not tell that a tie has been decided since: it is asked who was elected by the ballots.
      const agreed = { whole: outcome, 'before-the-decision': before }[way as string];
      expect([verified.code, tallied.code], label).toEqual(agreed === undefined ? [1, 1] : [0, 0]);
      if (agreed === undefined) expect(tallied.stdout, label).toBe('');
      else expect((JSON.parse(tallied.stdout) as Outcome).seats.elected, label).toEqual(agreed.seats.elected);
    }
  });
});
