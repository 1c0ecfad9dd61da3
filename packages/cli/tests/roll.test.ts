import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '@elekto/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeForge, type FakeForge } from '../../roll-sources/tests/fake-forge.ts';
import { makeOrganisation } from '../../roll-sources/tests/organisation.ts';
import { tokenFor } from '../src/roll/token.ts';
import { elekto, folder, type Ran } from './support.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
let forge: FakeForge;
beforeAll(async () => {
  forge = await fakeForge(makeOrganisation({ people: 120, repositories: 4, eventsPerRepository: 900 }));
});
afterAll(() => forge.close());

/** A folder with roll.yaml, and a cache of its own. */
function place(): { at: string; cache: string; run: (...args: string[]) => Promise<Ran> } {
  const [at, cache] = [folder(), folder()];
  writeFileSync(
    join(at, 'roll.yaml'),
    `api: ${forge.url}
window: { from: 2025-07-01, until: 2026-06-30 }
who:
  any:
    - name: Contributors
      contributions:
        repositories: [acme/*]
        except: [acme/repo-01]
        kinds: [commits, pull_requests, reviews, issues, comments]
        at_least: 20
    - name: Exceptions
      list: [Zoe]
`,
  );
  const run = (...args: string[]): Promise<Ran> =>
    elekto(['roll', ...args, at, '--cache', cache], environment());
  return { at, cache, run };
}
const environment = (): Record<string, string> => ({
  GITHUB_API_URL: forge.url,
  GITHUB_TOKEN: 'secret-token',
  HOME: '/nowhere',
});
const files = (at: string): string[] =>
  ['voters.yaml', 'roll-evidence.csv'].map((name) => readFileSync(join(at, name), 'utf8'));

describe('elekto roll', () => {
  it('builds, is killed, goes on, and builds the same from the cache with the server gone', async () => {
    const [first, second] = [place(), place()];
    expect(await first.run('build')).toMatchObject({ status: 0 });

    const child = spawn(process.execPath, [MAIN, 'roll', 'build', second.at, '--cache', second.cache], {
      env: { ...bareEnvironment(), ...environment() },
      stdio: 'ignore',
    });
    const start = forge.answered();
    forge.onAnswer((count) => count === start + 12 && child.kill('SIGKILL'));
    await new Promise((resolve) => child.on('close', resolve));
    forge.onAnswer(() => undefined);
    expect(existsSync(join(second.at, 'voters.yaml'))).toBe(false);
    const resumed = forge.answered();
    const built = await second.run('build');
    expect(built).toMatchObject({ status: 0 });
    expect(forge.answered() - resumed).toBeLessThan(resumed - start + 50);
    expect(files(second.at)).toEqual(files(first.at));

    const third = place();
    const asked = forge.asked.length;
    const args = ['roll', 'build', third.at, '--cache', second.cache, '--offline'];
    expect(await elekto(args, { HOME: '/nowhere' })).toMatchObject({ status: 0, out: built.out });
    expect(files(third.at)).toEqual(files(first.at));
    expect(forge.asked).toHaveLength(asked);
    const kept = readdirSync(second.cache, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    for (const each of kept)
      expect(readFileSync(join(each.parentPath, each.name), 'utf8')).not.toContain('secret-token');
  });

  it('explains, checks, and tells the difference', async () => {
    const { at, run } = place();
    const built = await run('build');
    expect(built.out).toMatch(/^## Voter roll\n\n\d+ people may vote\.\n/);
    expect(built.out).toContain('| Contributors |');
    expect(built.out).toMatch(/Left out: \d bots\./);
    const [voters = '', evidence = ''] = files(at);
    expect(voters).not.toMatch(/bot/);
    expect(evidence).toContain('Zoe,yes,Exceptions,1,1,,\n');

    const explained = await run('explain', 'person-1');
    expect(explained.out).toMatch(
      /Contributors: \d+ of 20 contributions, from 2025-07-01 until 2026-06-30 \(.* commits?, .*\)/,
    );
    expect(explained.out).toContain('excluded repositor');
    expect((await run('explain', 'k8s-ci-robot')).out).toContain('k8s-ci-robot is taken for a bot.');

    expect(await run('check')).toMatchObject({ status: 0, out: 'The roll is what the rules give.\n' });
    writeFileSync(join(at, 'voters.yaml'), voters.replace('  - Zoe\n', '  - mallory # a friend\n'));
    const moved = await run('check');
    expect(moved.status).toBe(1);
    expect(moved.out).toContain('+ Zoe is added: by Exceptions\n- mallory is removed: no rule says why\n');
    const before = place();
    writeFileSync(join(before.at, 'voters.yaml'), voters);
    const diff = await elekto(['roll', 'diff', before.at, at]);
    expect(diff.out).toContain('+ mallory is added');
    const again = await run('build');
    expect(again.out).toContain('- mallory is removed');
    expect(files(at)[0]).toContain('# a friend\n');
  });

  it('says what a file names that can be no account', async () => {
    const at = folder();
    writeFileSync(
      join(at, 'roll.yaml'),
      'who: { name: Devstats, csv: { file: people.csv, column: author } }\n',
    );
    writeFileSync(join(at, 'people.csv'), 'author\nada\nGrace Hopper\n');
    const built = await elekto(['roll', 'build', at, '--offline', '--cache', folder()], { HOME: '/nowhere' });
    expect(built).toMatchObject({ status: 0 });
    expect(built.out).toContain('1 person may vote.');
    expect(built.err).toContain(
      'The rule "Devstats" names what cannot be an account, and it was left out: "Grace Hopper".',
    );
  });

  it('says which folder or file cannot be used, instead of going on without it', async () => {
    const at = folder();
    writeFileSync(join(at, 'roll.yaml'), 'who: { list: [ada] }\n');
    const clones = await elekto(['roll', 'build', at, '--clones', join(at, 'nothing')]);
    expect(clones).toMatchObject({ status: 1, out: '' });
    expect(clones.err).toContain('nothing is no folder, and there are no clones in it.');
    expect(existsSync(join(at, 'voters.yaml'))).toBe(false);
    const summary = await elekto(['roll', 'build', at, '--summary', join(at, 'no/summary.md')]);
    expect(summary.status).toBe(1);
    expect(summary.err).toMatch(/summary\.md cannot be used \(ENOENT: no such file or directory\)\.\n$/);
  });

  it('gives its token to nobody whom roll.yaml alone names', async () => {
    const env = { GITHUB_TOKEN: 'secret-token', GITEA_TOKEN: 'other' };
    const github = (api: string, more = {}): Promise<string | null> =>
      tokenFor({ kind: 'github', api }, { ...env, ...more });
    expect(await github('https://api.github.com')).toBe('secret-token');
    expect(await github('https://evil.example')).toBeNull();
    expect(
      await github('https://git.example/api/v3', { GITHUB_API_URL: 'https://git.example/api/v3/' }),
    ).toBe('secret-token');
    expect(await tokenFor({ kind: 'gitea', api: 'https://codeberg.org/api/v1' }, env)).toBe('other');
    expect(await tokenFor({ kind: 'gitea', api: 'https://api.github.com' }, env)).toBeNull();
    const gitlab = (api: string, more = {}): Promise<string | null> =>
      tokenFor({ kind: 'gitlab', api }, { GITLAB_TOKEN: 'third', ...more });
    expect(await gitlab('https://gitlab.com/api/v4')).toBe('third');
    expect(await gitlab('https://git.example/api/v4')).toBeNull();
    expect(await gitlab('https://git.example/api/v4', { CI_API_V4_URL: 'https://git.example/api/v4' })).toBe(
      'third',
    );
  });
});
