/** An election of three made-up officers in a git repository, and a server that can be made to lie. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { memoryPlace } from '@elekto/testing/memory-place';
import {
  type OfficerKey,
  readFile,
  readManifest,
  sealBallot,
  type SealedBallot,
  writeBox,
  writeTie,
  writeTranscript,
} from '@elekto/custody';
import { headerOf, keyOf, must, runCeremony } from '@elekto/custody/testing';
import { boxLine, readBoard, readElection } from '@elekto/election';
import type { Receipt } from '@elekto/protocol/ballot';
import { hashManifest, makeManifest, type OfficersManifest } from '@elekto/protocol/manifest';
import { officersRules } from '@elekto/protocol/ballot';
import { canonicalJson, toBase64Url } from '@elekto/wire';
import { OfficerMemory, openDesk, type BoardServer, type Visit } from '../src/index.ts';

export const KEY = 'steering';
const FOLDER = `elections/${KEY}`;
export const BOX_FILE = `${FOLDER}/box.txt`;
const { signSecret: SERVER, sign: SERVER_KEY } = keyOf(42);
const header = headerOf(3, 2);
const keys = [1, 2, 3].map(keyOf);
const posts = await runCeremony(header, keys);
const transcript = writeTranscript({ header, posts });

export const ENDS = Date.parse('2026-09-27T23:59:01Z');
export const HOUR = 3_600_000;
export const iso = (at: number): string => new Date(at).toISOString();

const CUSTODY = 'custody: keys/2026.json\n';
const definition = (end: string, custody: string): string =>
  [
    'name: Steering',
    'organization: Example',
    'start_datetime: 2026-09-01 00:00:00',
    `end_datetime: ${end}`,
    'no_winners: 1',
    'allow_no_opinion: True',
    `election_officers:\n${header.officers.map(({ login }) => `  - ${login}\n`).join('')}`,
    custody,
  ].join('\n');
/** `custody`: what its file says of it. */
export const endingAt = (at: number, custody = CUSTODY): Record<string, string> => ({
  [`${FOLDER}/election.yaml`]: definition(
    iso(at - 1000)
      .slice(0, 19)
      .replace('T', ' '),
    custody,
  ),
});
const dashes = '-'.repeat(61);
const FILES: Readonly<Record<string, string>> = {
  ...endingAt(ENDS),
  [`${FOLDER}/voters.yaml`]: 'eligible_voters:\n  - ada\n  - bob\n  - cy\n  - dan\n',
  ...Object.fromEntries(
    ['eve', 'fay'].map((id) => [
      `${FOLDER}/candidate-${id}.md`,
      `${dashes}\nname: ${id}\nID: ${id}\n${dashes}\n\nA bio.\n`,
    ]),
  ),
  'elections/keys/2026.json': transcript,
};

/** A repository on this disk to which somebody writes. */
export class Repository {
  readonly dir = mkdtempSync(join(memoryPlace(), 'elekto-officer-'));

  constructor() {
    this.git('init', '--quiet', '--initial-branch=main');
  }

  git(...args: string[]): string {
    return this.#at(Date.parse('2026-08-30T00:00:00Z'), args);
  }

  commit(files: Readonly<Record<string, string>>, at: number, ...flags: string[]): string {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.dir, path)), { recursive: true });
      writeFileSync(join(this.dir, path), text);
    }
    // In one shell: a process of ours costs as much as this one is large.
    const commit = 'git commit --quiet --allow-empty -m change "$@"';
    return this.#run(at, 'sh', ['-c', `git add --all && ${commit} && git rev-parse HEAD`, 'sh', ...flags]);
  }

  merge(branch: string, at: number): string {
    return this.#at(at, ['merge', '--quiet', '--no-ff', '-m', 'merge', branch]);
  }

  #at(at: number, args: string[]): string {
    return this.#run(at, 'git', args);
  }

  #run(at: number, program: string, args: string[]): string {
    return execFileSync(program, args, {
      cwd: this.dir,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: '/nonexistent',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_AUTHOR_NAME: 'T',
        GIT_AUTHOR_EMAIL: 't@example.org',
        GIT_COMMITTER_NAME: 'T',
        GIT_COMMITTER_EMAIL: 't@example.org',
        GIT_AUTHOR_DATE: iso(at),
        GIT_COMMITTER_DATE: iso(at),
      },
    }).trim();
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** A repository with the election, and the manifest that a server pinned of it. */
export function openElection(run = '01') {
  const repository = new Repository();
  const sourceCommit = repository.commit(FILES, Date.parse('2026-08-30T00:00:00Z'));
  return { repository, sourceCommit, manifest: pin(sourceCommit, run) };
}

export function pin(
  sourceCommit: string,
  run = '01',
  more: Partial<OfficersManifest> = {},
): OfficersManifest {
  const files = Object.entries(FILES).map(([path, text]) => ({ path, text }));
  const { election } = readElection(
    FOLDER,
    'elections',
    files.filter(({ path }) => path.startsWith(FOLDER)),
  );
  const { board } = readBoard('keys/2026.json', { path: 'elections/keys/2026.json', text: transcript });
  if (election === null) throw new Error('an election');
  const made = makeManifest(
    { ...election, custody: { file: 'keys/2026.json', board } },
    {
      kind: 'election',
      run: run.repeat(16),
      sourceCommit,
      keys: { sealing: '', box: toBase64Url(SERVER_KEY) },
    },
  );
  return { ...(made as OfficersManifest), ...more };
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Ballots for a manifest. */
export const sealed = (manifest: OfficersManifest, ranks: readonly (readonly number[])[]): SealedBallot[] =>
  ranks.map((each) =>
    must(sealBallot(officersRules(manifest, hashManifest(manifest)), each, new Uint8Array(32).fill(8))),
  );

/** The box file with these ballots. */
export function boxOf(manifest: OfficersManifest, ballots: readonly SealedBallot[]): Uint8Array {
  const text = canonicalJson(manifest);
  const rules = officersRules(manifest, hashManifest(manifest));
  const records = ballots.map(({ record }) => record);
  return writeBox({ text, rules } as Parameters<typeof writeBox>[0], records, null, SERVER);
}

export const lineOf = (manifest: OfficersManifest, box: Uint8Array): string =>
  `${boxLine({ hash: hashOf(box), manifestHash: hashManifest(manifest) })}\n`;

/** Files by name; whoever has it can put there whatever they like. */
export class Shown implements BoardServer {
  readonly all = new Map<string, Uint8Array>();
  release: BoardServer['release'] = async () => null;
  onPost: (bytes: Uint8Array) => void = () => undefined;

  constructor(box: Uint8Array | null, more: readonly Uint8Array[] = []) {
    for (const bytes of [...(box === null ? [] : [box]), ...more]) this.put(bytes);
  }

  put(bytes: Uint8Array): void {
    const { kind, seq, officer } = readFile(bytes) as NonNullable<ReturnType<typeof readFile>>;
    this.all.set(`${seq}-${kind}-${kind === 'mix' ? 0 : officer}`, bytes);
  }

  async files() {
    return [...this.all].map(([name, bytes]) => ({ name, sha256: hashOf(bytes) }));
  }

  async file(name: string) {
    return this.all.get(name) ?? null;
  }

  async post(bytes: Uint8Array) {
    this.onPost(bytes);
    this.put(bytes);
  }
}

/** Words about a tie in the name of an officer, which the server has signed itself. */
export function forgedTie(
  manifest: OfficersManifest,
  server: Shown,
  officer: number,
  words: object,
): Uint8Array {
  const mixes = [...server.all.values()].flatMap((bytes) => {
    const file = readFile(bytes);
    return file?.kind === 'mix' ? [file] : [];
  });
  const head = { hash: mixes.toSorted((a, b) => b.seq - a.seq)[0]?.hash };
  const board = {
    manifest: must(readManifest(canonicalJson(manifest))),
    mixers: mixes.map((mix) => mix.officer),
    head,
  };
  return writeTie(board as unknown as Parameters<typeof writeTie>[0], 1, officer, words, SERVER);
}

/** The visit of an officer; the same `memory` file is the same computer. */
export async function visitOf(
  position: number,
  repository: Repository,
  server: BoardServer,
  now: number,
  memory: string,
  receipts: readonly Receipt[] = [],
): Promise<Visit> {
  return {
    memory: must(await OfficerMemory.open(memory)),
    repository: { source: repository.dir, branch: 'main', folder: 'elections' },
    access: { cacheDir: join(repository.dir, '.git', 'elekto-cache') },
    server,
    receipts,
    desk: openDesk([keys[position - 1] as OfficerKey], () => undefined),
    now: () => now,
  };
}

export { keys, must, transcript };
