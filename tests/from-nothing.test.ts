/** An election from an empty folder to a ballot that is cast, without the editor of anybody: by `elekto new` alone, and by what the guide says. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../apps/server/tests/support/running.ts';
import { vote } from '../apps/server/tests/support/voting.ts';

const ROOT = join(import.meta.dirname, '..');
const MAIN = join(ROOT, 'packages/cli/src/main.ts');
const GUIDE = readFileSync(join(ROOT, 'docs/administrators.md'), 'utf8');
const exec = promisify(execFile);

let top = '';
let env: NodeJS.ProcessEnv = {};
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'elekto-from-nothing-'));
  writeFileSync(join(top, 'elekto'), `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`, {
    mode: 0o755,
  });
  env = {
    PATH: `${top}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: top,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.org',
  };
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

/** The first block of a language below a heading of the guide. */
function block(heading: string, language: string): string {
  const from = GUIDE.indexOf(`\n${heading}\n`);
  const [, text] = new RegExp(`\n\`\`\`${language}\n([^]*?)\`\`\``).exec(GUIDE.slice(from)) ?? [];
  if (from < 0 || text === undefined) throw new Error(`the guide has no ${language} below "${heading}"`);
  return text;
}

/** What the server of that folder says of an election before its start, and whether `voter` can vote when it has begun. */
async function held(
  meta: string,
  key: string,
  begins: string,
  voter: string,
  ranking: Record<string, number>,
) {
  const running = await run({ meta, people: [voter], now: Date.parse(begins) - 1000 });
  try {
    const person = await running.signedIn(voter);
    await expect(person.api.ballot.paper.query({ key })).rejects.toThrow();
    running.clock.set(Date.parse(begins) + 1000);
    await running.server.tick();
    await vote(person, key, ranking);
    return running.server.snapshot()?.elections.get(key)?.diagnostics ?? null;
  } finally {
    await running.stop();
  }
}

const commit = (folder: string): void => {
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['add', '.'],
    ['commit', '-q', '-m', 'An election'],
  ])
    execFileSync('git', args, { cwd: folder, env });
};

it('opens by "elekto new" alone, which asks for everything', async () => {
  const at = join(top, 'asked');
  mkdirSync(at);
  const answers = (args: readonly string[], lines: readonly string[]): void =>
    void execFileSync(join(top, 'elekto'), ['new', ...args, '--ask'], {
      cwd: at,
      env,
      input: `${lines.join('\n')}\n`,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
  answers(
    ['election', 'elections/board/2027'],
    ['Board', 'Board 2027', 'Example', '1', '2027-09-01', '2027-09-14 AoE', 'olga', ''].concat([
      'Members.',
      'Everybody else.',
      'A seat.',
      'olga,vera',
    ]),
  );
  answers(['candidate', 'elections/board/2027', 'mary'], ['Mary Shaw', 'Example', 'A lot.', 'More.']);
  commit(at);
  const said = await held(at, 'board---2027', '2027-09-01T00:00:00Z', 'vera', { mary: 1 });
  expect(said?.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

it('opens by the commands of the guide', async () => {
  const script = block('## From nothing to open', 'sh');
  const { stdout } = await exec('bash', ['-euo', 'pipefail', '-c', script], { cwd: top, env });
  expect(stdout).toContain('0 errors, 0 warnings');
  const said = await held(join(top, 'community'), 'steering---2027', '2027-09-01T07:00:00Z', 'jean', {
    mary: 1,
  });
  expect(said?.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

it('opens by the files that the guide shows, written by hand where it says', async () => {
  const at = join(top, 'by-hand');
  const folder = join(at, 'elections/steering/2027');
  expect(block('## Layout', '')).toMatch(
    / steering\/2027\/ [^]*  election\.yaml[^]*  voters\.yaml[^]*  candidate-ada\.md/,
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'election.yaml'), block('## election.yaml', 'yaml'));
  writeFileSync(join(folder, 'voters.yaml'), block('## voters.yaml', 'yaml'));
  writeFileSync(join(folder, 'candidate-ada.md'), block('## candidate-\\<ID\\>.md', 'text'));
  commit(at);
  const said = await held(at, 'steering---2027', '2027-09-01T00:00:01Z', 'IanColdwater', { ada: 1 });
  expect(said?.filter(({ severity }) => severity === 'error')).toEqual([]);
});
