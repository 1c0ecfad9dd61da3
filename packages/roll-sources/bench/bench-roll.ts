/**
 * Builds the roll of a made-up organisation (3,000 people, 40 repositories, two years) from a forge on this machine that
 * fails now and then: whole, interrupted and resumed, and from the cache alone. Prints time and memory, beside the time
 * that the bare pagination of the same pages takes. Each run is a process of its own. `bench-roll.ts [people] [repositories] [events]`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { decide, evidenceRows, readRules, writeEvidence, writeVoters } from '@elekto/roll';
import { forgeFor, gather, PageCache } from '@elekto/roll-sources';
import { fakeForge } from '../tests/fake-forge.ts';
import { makeOrganisation } from '../tests/organisation.ts';

const [role, ...args] = process.argv.slice(2);
if (role === 'build') await build(args);
else if (role === 'pages') await pages(args);
else await compare();

interface Ran {
  readonly ms: number;
  readonly megabytes: number;
  readonly out: string;
  readonly killed: boolean;
}

async function compare(): Promise<void> {
  const [people = 3000, repositories = 40, eventsPerRepository = 6000] = process.argv.slice(2).map(Number);
  const forge = await fakeForge(makeOrganisation({ people, repositories, eventsPerRepository }));
  const base = mkdtempSync(join(tmpdir(), 'bench-roll-'));
  const run = (cache: string, more: readonly string[] = []): Promise<Ran> =>
    child(['build', forge.url, join(base, cache), ...more]);
  try {
    const first = await run('calm');
    const count = forge.asked.length;
    writeFileSync(
      join(base, 'asked.json'),
      JSON.stringify(forge.asked.map((asked, index) => [asked, forge.bodies[index]])),
    );
    say('whole run', first, `${count} pages`);
    const bare = await child(['pages', forge.url, join(base, 'asked.json')]);
    say(
      'bare pagination',
      bare,
      `${count} pages, the run took ${(first.ms / bare.ms).toFixed(2)} times as long`,
    );

    forge.faults = { badGateway: 331, abort: 271, tooFast: 701, quotaAt: forge.asked.length + 400 };
    const half = forge.answered() + Math.floor(count / 2);
    const stopped = child(['build', forge.url, join(base, 'troubled')], (kill) =>
      forge.onAnswer((answered) => answered === half && kill()),
    );
    say('interrupted', await stopped, 'with failures, aborts and limits');
    forge.onAnswer(() => undefined);
    const resumed = await run('troubled');
    say('resumed', resumed, same(resumed, first));
    const asked = forge.asked.length;
    const offline = await run('troubled', ['offline']);
    say('offline', offline, `${same(offline, first)}, ${forge.asked.length - asked} requests`);
    const [, voters = '', evidence = ''] = first.out.split('\u0000');
    const bots = /^\s+- .*(?:bot|robot)/im.test(voters) ? 'BOTS' : '0 bots';
    process.stdout.write(
      `${voters.match(/^\s+- /gm)?.length} voters, ${bots}, ${evidence.split('\n').length - 2} rows of evidence\n`,
    );
    const wrong = !resumed.killed && [resumed, offline].some((each) => each.out !== first.out);
    if (wrong || bots !== '0 bots') process.exitCode = 1;
  } finally {
    await forge.close();
    rmSync(base, { recursive: true, force: true });
  }
}

function same(one: Ran, other: Ran): string {
  return one.out === other.out ? 'byte for byte the same' : 'NOT THE SAME';
}

function say(what: string, { ms, megabytes, killed }: Ran, more: string): void {
  const size = killed ? '' : `, ${megabytes.toFixed(0)} MB`;
  process.stdout.write(`${what}: ${(ms / 1000).toFixed(1)} s${size}, ${more}\n`);
}

function child(args: readonly string[], watch?: (kill: () => void) => void): Promise<Ran> {
  const began = performance.now();
  const process_ = spawn(process.execPath, [import.meta.filename, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  process_.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  watch?.(() => process_.kill('SIGKILL'));
  return new Promise((resolve) =>
    process_.on('close', (code) => {
      const [, megabytes = '0', rest = ''] = /^(\d+)\n([^]*)$/.exec(out) ?? [];
      resolve({ ms: performance.now() - began, megabytes: Number(megabytes), out: rest, killed: code !== 0 });
    }),
  );
}

async function build([api = '', cache = '', offline]: readonly string[]): Promise<void> {
  // As `elekto roll` does.
  setFlagsFromString('--optimize-for-size');
  const { rules } = readRules(
    'roll.yaml',
    `api: ${api}
window: { from: 2025-01-01, until: 2026-12-31 }
who:
  contributions:
    repositories: [acme/*]
    except: [acme/repo-01]
    kinds: [commits, pull_requests, reviews, issues, comments]
    at_least: 50
`,
  );
  if (!rules) throw new Error('The rules cannot be read.');
  const options = { token: 'secret-token', cache: new PageCache(cache), offline: offline === 'offline' };
  const { facts } = await gather(rules, { folder: '.', clones: null, forge: forgeFor(rules.forge, options) });
  const people = decide(rules, facts);
  const voters = writeVoters(
    null,
    people.filter(({ on }) => on).map(({ login }) => login),
  );
  const size = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${size}\n\u0000${voters}\u0000${writeEvidence(evidenceRows(people))}`);
}

/** The same requests, as many at a time, parsed and thrown away. */
async function pages([api = '', file = '']: readonly string[]): Promise<void> {
  const asked = JSON.parse(readFileSync(file, 'utf8')) as [string, string][];
  const work = async (): Promise<void> => {
    for (let next = asked.shift(); next; next = asked.shift()) {
      const [method = 'GET', path = ''] = next[0].split(' ');
      const init = { method, headers: { authorization: 'token secret-token' } };
      await (await fetch(api + path, method === 'POST' ? { ...init, body: next[1] } : init)).json();
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  process.stdout.write(`${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
}
