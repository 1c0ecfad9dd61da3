import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decide, readRules } from '@elekto/roll';
import { describe, expect, it } from 'vitest';
import { gather, type Forge } from '../src/index.ts';
import { Clone } from '../src/git/clone.ts';

const HISTORY = join(import.meta.dirname, '../../../../shared/data/history');
const folder = (): string => mkdtempSync(join(tmpdir(), 'roll-'));
const git = (at: string, ...args: string[]): string =>
  execFileSync('git', ['-C', at, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: at, GIT_CONFIG_NOSYSTEM: '1' },
  });

/** `git shortlog` of a clone: how many commits, by address. */
function shortlog(at: string): Map<string, number> {
  const lines = git(at, 'shortlog', '-sne', '--no-merges', 'HEAD').trim().split('\n');
  const counts = new Map<string, number>();
  for (const line of lines) {
    const [, count = '0', address = ''] = /^\s*(\d+)\t.*<(.*)>$/.exec(line) ?? [];
    counts.set(address, (counts.get(address) ?? 0) + Number(count));
  }
  return counts;
}
async function counted(at: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const { address } of new Clone(at).commits())
    counts.set(address, (counts.get(address) ?? 0) + 1);
  return counts;
}
const sorted = (counts: Map<string, number>): [string, number][] =>
  [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

/** A clone with authors, a merge and a .mailmap. */
function made(at: string): string {
  mkdirSync(at, { recursive: true });
  git(at, 'init', '-q', '-b', 'main');
  const commit = (name: string, address: string, day: string, ...more: string[]): void => {
    const env = ['-c', `user.name=${name}`, '-c', `user.email=${address}`];
    const date = `${day}T12:00:00Z`;
    execFileSync(
      'git',
      ['-C', at, ...env, 'commit', '-q', '--allow-empty', '-m', 'x', `--date=${date}`, ...more],
      {
        env: { PATH: process.env['PATH'], HOME: at, GIT_COMMITTER_DATE: date },
      },
    );
  };
  writeFileSync(join(at, '.mailmap'), 'Ada <ada@example.org> <old@example.org>\n');
  writeFileSync(join(at, 'OWNERS'), 'approvers: [leads]\n');
  writeFileSync(join(at, 'OWNERS_ALIASES'), 'aliases: { leads: [grace] }\n');
  git(at, 'add', '.');
  commit('Ada', 'ada@example.org', '2026-01-01');
  commit('Ada', 'old@example.org', '2026-02-01');
  commit('Eve', '12+eve@users.noreply.github.com', '2026-02-02');
  git(at, 'checkout', '-q', '-b', 'side');
  commit('Bob', 'bob@example.org', '2026-02-03');
  git(at, 'checkout', '-q', 'main');
  commit('Ada', 'ada@example.org', '2027-01-01');
  git(at, '-c', 'user.name=M', '-c', 'user.email=m@example.org', 'merge', '-q', '--no-ff', '-m', 'm', 'side');
  return at;
}

/** A forge that knows one author and nothing else. */
const nobody = (asked: string[]): Forge => {
  const no = (): never => {
    throw new Error('the forge was asked');
  };
  return {
    repositories: no,
    contributions: no,
    members: no,
    team: no,
    paths: no,
    file: no,
    authorOf: (repository, sha) => {
      asked.push(`${repository} ${sha.length}`);
      return Promise.resolve({ login: 'bobby', bot: false });
    },
  };
};

describe('clones', () => {
  it('are counted as git shortlog counts them, merges left out and .mailmap followed', async () => {
    const at = made(join(folder(), 'a'));
    expect(sorted(await counted(at))).toEqual(sorted(shortlog(at)));
    expect((await counted(at)).get('ada@example.org')).toBe(3);
  });

  it.skipIf(!existsSync(HISTORY))('of real elections are counted as git shortlog counts them', async () => {
    for (const name of readdirSync(HISTORY).filter((each) => each.endsWith('.bundle'))) {
      const at = join(folder(), 'clone');
      execFileSync('git', ['clone', '-q', '--bare', join(HISTORY, name), at]);
      const counts = await counted(at);
      expect(sorted(counts), name).toEqual(sorted(shortlog(at)));
      expect([...counts.values()].reduce((sum, each) => sum + each, 0)).toBeGreaterThan(20);
    }
  });
  if (!existsSync(HISTORY)) console.warn('NOTICE: ../shared/data/history is not here; its test is not run.');

  it('need no server: authors by address, by the list, and the rest asked once', async () => {
    const clones = folder();
    made(join(clones, 'acme', 'core'));
    const { rules } = readRules(
      'roll.yaml',
      `window: { from: 2026-01-01, until: 2026-12-31 }
who:
  any:
    - contributions: { repositories: [acme/core], kinds: [commits], at_least: 1 }
    - owners: { repository: acme/core, roles: [approvers] }
accounts: { ada@example.org: ada }
`,
    );
    if (!rules) throw new Error('no rules');
    const asked: string[] = [];
    const { facts, cloned } = await gather(rules, { folder: clones, clones, forge: nobody(asked) });
    expect(decide(rules, facts).map(({ login }) => login)).toEqual(['ada', 'bobby', 'eve', 'grace']);
    expect(facts.tallies.get('who.any[0]')?.get('ada')).toMatchObject({ count: 2, after: 1 });
    expect([cloned, asked]).toEqual([['acme/core'], ['acme/core 40']]);
  });

  it('are refused when they hold a part of the history, and passed over when they are of another', async () => {
    const clones = folder();
    const whole = made(join(clones, 'whole'));
    execFileSync('git', ['clone', '-q', '--depth=1', `file://${whole}`, join(clones, 'core')]);
    await expect(Clone.find(clones, 'acme/core')).resolves.toBeNull();
    git(join(clones, 'core'), 'remote', 'set-url', 'origin', 'https://github.com/Acme/core.git');
    await expect(Clone.find(clones, 'acme/core')).rejects.toThrow('git fetch --unshallow');
  });

  it('are not needed for files beside roll.yaml, and nothing outside of the repository is read', async () => {
    const [at, outside] = [folder(), folder()];
    git(at, 'init', '-q');
    writeFileSync(join(outside, 'secret.yaml'), 'eligible_voters: [secret]\n');
    symlinkSync(join(outside, 'secret.yaml'), join(at, 'link.yaml'));
    writeFileSync(join(at, 'sigs.yaml'), 'chairs: [{ github: ada }]\n');
    const read = (who: string) => {
      const { rules } = readRules('roll.yaml', `who: ${who}`);
      if (!rules) throw new Error('no rules');
      return gather(rules, { folder: at, clones: null, forge: nobody([]) });
    };
    const { facts } = await read('{ named: { file: /sigs.yaml, at: "chairs[*].github" } }');
    expect([...(facts.tallies.get('who')?.keys() ?? [])]).toEqual(['ada']);
    await expect(read('{ roll: { file: link.yaml } }')).rejects.toThrow('outside of the repository');
    await expect(read(`{ roll: { file: ../${outside.split('/').at(-1)}/secret.yaml } }`)).rejects.toThrow(
      'outside',
    );
    await expect(read('{ roll: { file: gone.yaml } }')).rejects.toThrow('is not there');
  });
});
