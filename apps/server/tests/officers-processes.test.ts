/**
 * Elections whose key officers hold are held whole: votes through the API, then three officers as processes of their own with
 * `elekto custody`, over git, with a server that is stopped between any two of their messages. `npm run hold:officers` holds
 * the steering elections of Kubernetes again in the same way.
 */
import { writeSealed } from '@elekto/backup';
import {
  finishedKey,
  FORMAT,
  proveHolding,
  readHeader,
  recoveryPhrase,
  shareOf,
  writeTranscript,
} from '@elekto/custody/ceremony';
import { keyOf, must, runCeremony } from '@elekto/custody/testing';
import { boardFolder } from '@elekto/protocol/result';
import { parseBallotsCsv } from '@elekto/tally';
import { toBase64Url } from '@elekto/wire';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareEnvironment } from '@elekto/testing';
import { afterEach, describe, expect, it } from 'vitest';

import { openGate } from './support/gate.ts';
import { electionFiles } from './support/meta.ts';
import { run, type Running } from './support/running.ts';
import { atOnce, shuffled, vote } from './support/voting.ts';
import { writeOfficerFiles } from './support/officer-files.ts';

const MAIN = join(import.meta.dirname, '../../../packages/cli/src/main.ts');
const BOARD = 'keys/2026.json';
const PASSPHRASE = 'a passphrase that is long enough';
const REAL = join(import.meta.dirname, '../../../../shared/data/real/kubernetes/elections/steering');
const HOUR = 3_600_000;

interface Held {
  readonly key: string;
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
  readonly officers: readonly string[];
  readonly threshold: number;
  readonly opens: number;
  readonly closes: number;
  /** Everybody's ranking by login. */
  readonly ballots: readonly { readonly login: string; readonly ranking: Readonly<Record<string, number>> }[];
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** One election under officers' custody: its repository, its server, and computers of officers. */
class World {
  readonly held: Held;
  readonly dir = mkdtempSync(join(tmpdir(), 'elekto-held-'));
  running!: Running;
  /** Whose computer it is, by its name. */
  readonly #logins = new Map<string, string>();

  constructor(held: Held) {
    this.held = held;
  }

  get meta(): string {
    return join(this.dir, 'meta');
  }

  home(name: string): string {
    return join(this.dir, 'homes', name);
  }

  git(at: number, ...args: string[]): string {
    const date = new Date(at).toISOString();
    return execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
      cwd: this.meta,
      encoding: 'utf8',
      env: {
        ...bareEnvironment(),
        HOME: this.dir,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
      },
    }).trim();
  }

  commit(at: number): void {
    this.git(at, 'add', '--all');
    this.git(at, 'commit', '--quiet', '-m', 'change');
  }

  /** A computer with this officer's key: from the start, or brought back from its twelve words. */
  async computer(position: number, name = this.held.officers[position - 1] ?? ''): Promise<void> {
    mkdirSync(this.home(name), { recursive: true });
    writeFileSync(join(this.home(name), 'passphrase'), `${PASSPHRASE}\n`);
    this.#logins.set(name, this.held.officers[position - 1] ?? '');
  }

  /** Puts the officer's key there, as `elekto custody key` writes it after the words were proven. */
  async key(position: number, name: string): Promise<void> {
    const login = this.held.officers[position - 1] ?? '';
    const root = Buffer.from(new Uint8Array(16).fill(position)).toString('hex');
    const file = join(this.home(name), 'officer.key');
    const text = (async function* () {
      yield await Promise.resolve(Buffer.from(JSON.stringify({ login, root })));
    })();
    await writeSealed(text, { file, to: { passphrase: PASSPHRASE }, step: 512 });
  }

  /** Through a gate, the sign-in is for its origin. */
  async #signIn(login: string, name: string, origin = this.running.url): Promise<void> {
    const [verifier, state] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
    const redirectUri = 'http://127.0.0.1:9/callback';
    const browser = await this.running.signedIn(login);
    const body = new URLSearchParams({
      ...{ challenge: createHash('sha256').update(verifier).digest('base64url'), method: 'S256', state },
      ...{ redirect_uri: redirectUri, answer: 'allow' },
    });
    const back = await browser.fetch('/auth/native/approve', { method: 'POST', body });
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code');
    const granted = await fetch(`${this.running.url}/auth/native/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-elekto': '1' },
      body: JSON.stringify({ code, verifier, redirectUri }),
    });
    const { token } = (await granted.json()) as { token: string };
    writeFileSync(join(this.home(name), 'session'), JSON.stringify({ [origin]: token }));
  }

  custody(name: string, args: readonly string[], typed = ''): Promise<Ended> {
    return this.elekto(['custody', ...args, ...keyFlags(this.home(name))], typed);
  }

  /**
   * A visit that ends before its decryption reaches the server, which is the request of this number to post a file. `meanwhile`
   * may end the officer's process; the server is stopped and started again before the connection breaks off.
   */
  async interrupted(
    name: string,
    number: number,
    meanwhile: (officer: ChildProcess) => void,
  ): Promise<Ended> {
    const gate = await openGate(() => this.running.url);
    try {
      await this.#signIn(this.#logins.get(name) ?? '', name, gate.url);
      const arrived = gate.hold('board.post', number);
      const server = ['--server', gate.url, '--token-file', join(this.home(name), 'session')];
      const place = ['--repository', this.meta, '--branch', 'main'];
      const args = ['custody', 'count', this.held.key, ...server, ...place, ...keyFlags(this.home(name))];
      let officer: ChildProcess | undefined;
      const ended = this.elekto(args, '', (child) => (officer = child));
      const breakOff = await Promise.race([arrived, ended]);
      if (typeof breakOff !== 'function') throw new Error(`it ended before: ${breakOff.err}`);
      meanwhile(officer as ChildProcess);
      await this.running.restart();
      breakOff();
      return await ended;
    } finally {
      await gate.close();
    }
  }

  elekto(args: readonly string[], typed = '', started?: (child: ChildProcess) => void): Promise<Ended> {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...bareEnvironment(), HOME: this.dir },
    });
    started?.(child);
    const text = { out: '', err: '' };
    child.stdout.on('data', (piece: Buffer) => void (text.out += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => void (text.err += piece.toString()));
    child.stdin.end(typed);
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...text })));
  }

  /** A step of the count in a process of its own; the server is stopped and started again after it. */
  async step(name: string, command: string, ...more: string[]): Promise<string> {
    await this.#signIn(this.#logins.get(name) ?? '', name);
    const server = ['--server', this.running.url, '--token-file', join(this.home(name), 'session')];
    const place = ['--repository', this.meta, '--branch', 'main'];
    const said = await this.custody(name, [command, this.held.key, ...server, ...place, ...more]);
    expect([said.code, said.code === 0 ? '' : said.err]).toEqual([0, '']);
    if (command === 'count') await this.running.restart();
    return said.out;
  }

  async open(): Promise<void> {
    const { held } = this;
    const folder = join(this.meta, 'elections', held.folder);
    mkdirSync(folder, { recursive: true });
    mkdirSync(join(this.meta, 'elections/keys'));
    for (const [name, text] of Object.entries(held.files)) writeFileSync(join(folder, name), text);
    const keys = held.officers.map((_, i) => keyOf(i + 1));
    const header = must(
      readHeader({
        ...{ format: FORMAT, kind: 'election', threshold: held.threshold, until: '2027-12-31' },
        nonce: toBase64Url(new Uint8Array(16).fill(5)),
        officers: held.officers.map((login, i) => {
          const { sign, receive } = keyOf(i + 1);
          return { login, sign: toBase64Url(sign), receive: toBase64Url(receive) };
        }),
      }),
    );
    const posts = await runCeremony(header, keys);
    writeFileSync(join(this.meta, 'elections', BOARD), writeTranscript({ header, posts }));
    writeOfficerFiles(this.meta, header);
    this.git(held.opens - 72 * HOUR, 'init', '--quiet', '--initial-branch=main');
    this.commit(held.opens - 72 * HOUR);
    this.running = await run({
      meta: this.meta,
      people: [...new Set([...held.ballots.map(({ login }) => login), ...held.officers])],
      now: held.opens - 48 * HOUR,
    });
    const boardKey = must(finishedKey(header, posts));
    for (let position = 1; position <= held.threshold; position += 1) {
      const share = await shareOf(header, posts, keyOf(position));
      if (share === null) throw new Error('a share');
      const { api } = await this.running.signedIn(held.officers[position - 1] ?? '');
      const proof = toBase64Url(proveHolding(boardKey, share, { kind: 'ready', election: held.key }));
      await api.custody.ready.mutate({ file: BOARD, key: held.key, officer: position, proof });
    }
    this.running.clock.set(held.opens + HOUR);
    await this.running.server.sync();
  }

  async close(): Promise<void> {
    const { held, running } = this;
    running.clock.set(held.closes + HOUR);
    const { api } = await running.signedIn(held.officers[0] ?? '');
    await api.officer.close.mutate({ key: held.key });
  }

  async standing() {
    const { api } = await this.running.signedIn(this.held.officers[0] ?? '');
    return api.board.standing.query({ election: this.held.key });
  }

  /** The box is proposed by a process, merged, and open to inspection for a day. */
  async inspect(name: string): Promise<void> {
    const said = await this.step(name, 'box', '--elections', join(this.meta, 'elections'));
    expect(said).toContain(`${this.held.ballots.length} ballots`);
    this.commit(this.held.closes + 2 * HOUR);
    await this.running.server.sync();
    this.running.clock.set(this.held.closes + 30 * HOUR);
  }

  /** The election's folder after the files that the console proposes are merged. */
  async publish(): Promise<string> {
    const { held } = this;
    const folder = `elections/${held.folder}`;
    const { api } = await this.running.signedIn(held.officers[0] ?? '');
    const election = held.key;
    const resultsJson = await api.officer.resultsJson.query({ key: election });
    const board = await boardFolder(resultsJson, {
      sizes: () => api.board.files.query({ election }),
      file: async (name) => Buffer.from(await api.board.file.query({ election, name }), 'base64url'),
      custody: () => api.board.custody.query({ election }),
      address: `${this.running.url}/elections/${election}/`,
    });
    mkdirSync(join(this.meta, folder, 'board'));
    for (const { name, content } of [
      { name: 'results.md', content: await api.officer.resultsDraft.query({ key: election }) },
      { name: 'ballots.csv', content: await api.officer.ballotsCsv.query({ key: election }) },
      { name: 'results.json', content: resultsJson },
      ...board,
    ])
      writeFileSync(join(this.meta, folder, name), content);
    this.commit(held.closes + 31 * HOUR);
    return join(this.meta, folder);
  }

  async remove(): Promise<void> {
    await this.running?.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

const keyFlags = (home: string) => [
  ...['--key-file', join(home, 'officer.key'), '--passphrase-file', join(home, 'passphrase')],
];

/** Rows of a ballots.csv as a multiset, columns by name, gaps in the ranks closed as officers' counts publish them. */
function multiset(csv: string): string[] {
  const { candidates, ballots } = parseBallotsCsv(csv);
  const columns = candidates.map((id, i) => [id, i] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return [...ballots]
    .flatMap(({ ranks, count = 1 }) => {
      const given = Array.from(ranks, (rank) => rank ?? 0);
      const used = [...new Set([0, ...given])].sort((a, b) => a - b);
      const row = columns.map(([, i]) => used.indexOf(given[i] ?? 0));
      return Array<string>(Number(count)).fill(row.join());
    })
    .sort();
}

let world: World | null = null;
afterEach(async () => {
  await world?.remove();
  world = null;
});

/** The election is counted: what the outcome says, and the rows. */
async function counted({ running, held }: World) {
  const { api } = await running.signedIn(held.officers[0] ?? '');
  await api.officer.close.mutate({ key: held.key });
  const { outcome } = await api.officer.outcome.query({ key: held.key });
  return { outcome, csv: await api.officer.ballotsCsv.query({ key: held.key }) };
}

describe('an election that officers count', () => {
  it('is held by three processes, of whom one never comes and one comes back from twelve words elsewhere', async () => {
    const rankings = [{ dan: 1, eve: 2 }, { eve: 1 }, { eve: 1, dan: 2 }, { eve: 1, dan: 2 }];
    world = new World({
      ...{ key: 'steering', folder: 'steering', officers: ['ada', 'bob', 'cy'], threshold: 2 },
      files: electionFiles({
        ...{ officers: ['ada', 'bob', 'cy'], candidates: ['dan', 'eve'], voters: ['v1', 'v2', 'v3', 'v4'] },
        extra: `custody: ${BOARD}\n`,
      }),
      opens: Date.parse('2026-03-01T00:00:00Z'),
      closes: Date.parse('2026-03-07T23:59:59Z'),
      ballots: rankings.map((ranking, i) => ({ login: `v${i + 1}`, ranking })),
    });
    await world.open();
    const receipt = join(world.dir, 'receipt.json');
    for (const { login, ranking } of world.held.ballots) {
      const kept = await vote(await world.running.signedIn(login), 'steering', ranking, null);
      writeFileSync(receipt, JSON.stringify(kept));
    }
    await world.computer(1);
    await world.key(1, 'ada');
    await world.close();
    await world.inspect('ada');
    const page = `${world.running.url}/elections/steering/`;
    const looked = await world.elekto(['verify', page, '--receipt', receipt]);
    expect([looked.code, looked.err]).toEqual([0, '']);
    expect(looked.out).toContain('4 ballots, each proven and none twice.');
    expect(looked.out).toContain('The ballot of this receipt is in the box.');
    expect(await world.step('ada', 'count')).toContain('You have mixed the ballots.');
    await world.computer(2);
    await world.key(2, 'bob');
    // Between the mix and the decryption of this visit first the officer's process is killed, then the server is stopped.
    const killed = await world.interrupted('bob', 2, (officer) => officer.kill('SIGKILL'));
    expect(killed.code).toBe(null);
    expect(killed.err).toContain('Decrypting with your share');
    expect(await world.standing()).toMatchObject({ mixers: [1, 2], decrypted: [] });
    const stopped = await world.interrupted('bob', 1, () => undefined);
    expect(stopped.code).toBe(1);
    expect(stopped.err).toMatch(/no server answers .* what you have done so far is kept/);
    expect(await world.standing()).toMatchObject({ mixers: [1, 2], decrypted: [] });
    const second = await world.step('bob', 'count');
    expect(second).not.toContain('You have mixed');
    expect(second).toContain('You have decrypted');
    expect(second).toContain('Waiting for 1 of ada, cy');
    await world.computer(1, 'ada-elsewhere');
    const phrase = recoveryPhrase(new Uint8Array(16).fill(1));
    const recovered = await world.custody(
      'ada-elsewhere',
      ['recover', '--login', 'ada', '--board', BOARD, '--elections', join(world.meta, 'elections')],
      `${phrase}\n`,
    );
    expect(recovered).toMatchObject({ code: 0 });
    expect(await world.step('ada-elsewhere', 'count')).toContain('Nothing is left to do');
    const { outcome, csv } = await counted(world);
    expect(outcome.seats.elected).toEqual(['eve']);
    expect(multiset(csv)).toEqual(['0,1', '1,2', '2,1', '2,1']);
    const { held } = world;
    const folder = await world.publish();
    expect(readdirSync(join(folder, 'board')).sort()).toEqual([
      ...['00-box.bin', '01-mix.bin', '02-mix.bin', '03-decrypt-01.bin', '03-decrypt-02.bin', 'custody.json'],
    ]);
    const verified = await world.elekto(['verify', folder]);
    expect([verified.code, verified.err]).toEqual([0, '']);
    // Alone, outside of its repository.
    const alone = join(world.dir, 'alone', held.folder);
    cpSync(folder, alone, { recursive: true });
    expect((await world.elekto(['verify', alone])).err).toBe('');
    const mix = readFileSync(join(alone, 'board/02-mix.bin'));
    mix.writeUInt8(mix.readUInt8(900) ^ 1, 900);
    writeFileSync(join(alone, 'board/02-mix.bin'), mix);
    const flipped = await world.elekto(['verify', alone]);
    expect([flipped.code, flipped.err]).toEqual([1, expect.stringContaining('02-mix.bin')]);
  }, 600_000);
});

/** Which elections of Kubernetes are held again, and with how many officers: `npm run hold:officers`. */
const YEARS = (process.env['ELEKTO_HOLD_OFFICERS'] ?? '').split(',').filter(Boolean);

/** Ids in the published order, from the numbered lists of ranking.md or results.md. */
function publishedRanking(year: string): string[] {
  const file = ['ranking.md', 'results.md'].find((name) => existsSync(join(REAL, year, name))) ?? '';
  const text = readFileSync(join(REAL, year, file), 'utf8');
  const items = [...text.matchAll(/^\d+\. (.*)$/gm)].map(([, item = '']) => item.trim());
  return items.map((item) => /github\.com\/([\w-]+)/.exec(item)?.[1] ?? item);
}

function kubernetes(year: string, more: readonly string[]): Held {
  const yaml = readFileSync(join(REAL, year, 'election.yaml'), 'utf8');
  const at = (name: string): number => Date.parse(`${new RegExp(`^${name}: (.+)$`, 'm').exec(yaml)?.[1]}Z`);
  const named = [...(/election_officers:\n((?:\s+- \S+\n)+)/.exec(yaml)?.[1] ?? '').matchAll(/- (\S+)/g)];
  const officers = [...named.map(([, login = '']) => login), ...more];
  const names = readdirSync(join(REAL, year)).filter((name) =>
    /^candidate-|^voters\.yaml$|^election_desc\.md$/.test(name),
  );
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(REAL, year, name), 'utf8')]));
  const csv = parseBallotsCsv(readFileSync(join(REAL, year, 'ballots.csv'), 'utf8'));
  const rows = [...csv.ballots].flatMap(({ ranks, count = 1 }) => {
    const ranking = Object.fromEntries(
      csv.candidates.flatMap((id, i) => (typeof ranks[i] === 'number' ? [[id, ranks[i]]] : [])),
    );
    return Array<Record<string, number>>(Number(count)).fill(ranking);
  });
  const people = [...(files['voters.yaml'] ?? '').matchAll(/^\s*-\s+([\w-]+)/gm)].map(
    ([, login = '']) => login,
  );
  const voters = shuffled([...new Set(people)]).slice(0, rows.length);
  return {
    ...{ key: `steering---${year}`, folder: `steering/${year}`, officers },
    threshold: Math.floor(officers.length / 2) + 1,
    files: {
      ...files,
      'election.yaml': `${yaml.replace(
        /(election_officers:\n)/,
        `$1${more.map((login) => `  - ${login}\n`).join('')}`,
      )}\ncustody: ${BOARD}\n`,
    },
    opens: at('start_datetime'),
    closes: at('end_datetime'),
    ballots: shuffled(rows).map((ranking, i) => ({ login: voters[i] ?? '', ranking })),
  };
}

describe.runIf(YEARS.length > 0)('Kubernetes under officers', () => {
  it.each(YEARS)('%s gives the published ranking and equal rows', async (named) => {
    // `2021+2`: with two more officers.
    const [year = '', extra = '0'] = named.split('+');
    world = new World(
      kubernetes(
        year,
        Array.from({ length: Number(extra) }, (_, i) => `officer-more-${i + 1}`),
      ),
    );
    const { held } = world;
    await world.open();
    const { running } = world;
    await atOnce(held.ballots, 4, async ({ login, ranking }) => {
      await vote(await running.signedIn(login), held.key, ranking, null);
    });
    await world.close();
    // The last ones never come.
    const here = held.officers.slice(0, held.threshold);
    for (const [i, login] of here.entries()) {
      await world.computer(i + 1);
      await world.key(i + 1, login);
    }
    await world.inspect(here[0] ?? '');
    for (const login of here) process.stdout.write(`${login}: ${await world.step(login, 'count')}\n`);
    for (const login of here.slice(0, -1))
      process.stdout.write(`${login}: ${await world.step(login, 'count')}\n`);
    const { outcome, csv } = await counted(world);
    const ranking = publishedRanking(year);
    expect(outcome.places.map(({ candidates }) => candidates)).toEqual(ranking.map((id) => [id]));
    expect(outcome.seats.elected).toEqual(ranking.slice(0, outcome.seats.available));
    expect(multiset(csv)).toEqual(multiset(readFileSync(join(REAL, year, 'ballots.csv'), 'utf8')));
    const verified = await world.elekto(['verify', await world.publish()]);
    expect([verified.code, verified.err]).toEqual([0, '']);
    process.stdout.write(verified.out);
    process.stdout.write(
      `${named}: ${held.ballots.length} ballots, ${held.threshold} of ${held.officers.length} officers: the published ranking, equal rows\n`,
    );
  });
});
