import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { elektoHere } from './support.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SHARED = join(ROOT, '../shared/data');
const DASHES = '-'.repeat(61);

let dir: string;

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function elekto(...args: string[]): Promise<Run> {
  const { status, out, err } = await elektoHere(args, {}, dir);
  return { code: status ?? 0, stdout: out, stderr: err };
}
async function json(...args: string[]): Promise<{ code: number; report: Record<string, never> & Report }> {
  const { code, stdout } = await elekto('lint', ...args, '--format', 'json');
  return { code, report: JSON.parse(stdout) as never };
}
interface Report {
  readonly elections: {
    key: string;
    name: string;
    candidates: object[];
    voters: number;
    diagnostics: Diagnostic[];
  }[];
  readonly diagnostics: Diagnostic[];
  readonly summary: { errors: number; warnings: number };
}
interface Diagnostic {
  readonly code: string;
  readonly file: string;
}
async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
}

const YAML =
  'name: Steering\nstart_datetime: 2026-01-01 00:00:00\nend_datetime: 2026-02-01 00:00:00\nno_winners: 1\nelection_officers: [ada]\n';
const CANDIDATE = `${DASHES}\nname: Ada\nID: ada\ninfo:\n  - employer: X\n${DASHES}\n\n## SIGs\n\nOne two three.\n`;
const CLEAN = {
  'elections/steering/2026/election.yaml': YAML,
  'elections/steering/2026/voters.yaml': 'eligible_voters:\n  - ada\n  - grace\n',
  'elections/steering/2026/candidate-ada.md': CANDIDATE,
};

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'elekto-lint-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('elekto lint', () => {
  it('describes elections in JSON', async () => {
    await write(CLEAN);
    const { code, report } = await json('.');
    expect(code).toBe(0);
    expect(report).toEqual({
      elections: [
        {
          key: 'steering---2026',
          folder: 'steering/2026',
          name: 'Steering',
          candidates: [{ name: 'Ada', id: 'ada', info: { employer: 'X' } }],
          voters: 2,
          diagnostics: [],
        },
      ],
      diagnostics: [],
      summary: { errors: 0, warnings: 0 },
    });
  });

  it.each(['.', 'elections', 'elections/steering', 'elections/steering/2026'])(
    'gives the same keys from %s',
    async (path) => {
      await write({ ...CLEAN, 'elections/steering/2026/candidate-bob.md': 'no header' });
      const { code, report } = await json(path);
      expect(code).toBe(1);
      expect(report.elections.map((election) => election.key)).toEqual(['steering---2026']);
      expect(report.elections[0]?.diagnostics).toEqual([
        {
          code: 'candidate-header-missing',
          severity: 'error',
          file: 'elections/steering/2026/candidate-bob.md',
          line: 1,
          column: 1,
          message: expect.any(String),
          hint: expect.any(String),
        },
      ]);
      expect(report.summary).toEqual({ errors: 1, warnings: 0 });
    },
  );

  it('finds the elections of a repository that calls the folder otherwise', async () => {
    await write({ 'votes/x/election.yaml': YAML, 'votes/x/voters.yaml': '- ada' });
    expect((await json('.')).report.elections.map((election) => election.key)).toEqual(['votes---x']);
    expect(
      (await json('.', '--elections-dir', 'votes')).report.elections.map((election) => election.key),
    ).toEqual(['x']);
  });

  it('prints what it read of a candidate file', async () => {
    await write({ 'candidate-ada.md': CANDIDATE.replace('ID: ada', 'ID: @ada') });
    const { code, report } = await json('candidate-ada.md');
    expect(code).toBe(0);
    expect(report).toMatchObject({
      name: 'Ada',
      id: 'ada',
      info: { employer: 'X' },
      summary: { errors: 0, warnings: 1 },
    });
    expect(report.diagnostics.map((d) => d.code)).toEqual(['candidate-id-decorated']);
    const text = await elekto('lint', 'candidate-ada.md');
    expect(text.stdout.split('\n')[0]).toBe('{"name":"Ada","id":"ada","info":{"employer":"X"}}');
    expect(text.stdout).toContain('      | ID: @ada\n      |     ^\n      Write "ID: ada"');
  });

  it('exits with 1 and the place for a candidate file it cannot read', async () => {
    await write({ 'candidate-ada.md': 'Hello' });
    const { code, stdout } = await elekto('lint', 'candidate-ada.md');
    expect(code).toBe(1);
    expect(stdout).toContain('candidate-ada.md:1:1: error:');
  });

  it('finds files with a header that are no candidates by their name or place', async () => {
    await write({
      ...CLEAN,
      'elections/steering/2026/canidate-eve.md': CANDIDATE.replace('ID: ada', 'ID: eve'),
      'elections/steering/2026/more/candidate-bob.md': CANDIDATE.replace('ID: ada', 'ID: bob'),
      'elections/steering/2026/README.md': CANDIDATE,
    });
    for (const path of ['.', 'elections', 'elections/steering/2026']) {
      const { report } = await json(path);
      expect(report.diagnostics.map(({ code, file }) => `${code} ${file.replace(/.*2026\//, '')}`)).toEqual([
        'candidate-misnamed canidate-eve.md',
        'candidate-misnamed more/candidate-bob.md',
      ]);
    }
  });

  it('checks several files at once, each for what it is', async () => {
    await write(CLEAN);
    const at = 'elections/steering/2026';
    const { report } = await json(`${at}/election.yaml`, `${at}/voters.yaml`, `${at}/candidate-ada.md`);
    expect((report as unknown as { files: { kind: string }[] }).files.map((file) => file.kind)).toEqual([
      'definition',
      'voters',
      'candidate',
    ]);
  });

  it('checks nominations before there is an election', async () => {
    await write({
      'elections/next/candidate-ada.md': CANDIDATE,
      'elections/next/candidate-bob.md': 'no header',
      'elections/next/README.md': '',
    });
    const { code, report } = await json('elections/next');
    expect(code).toBe(1);
    expect(report.summary).toEqual({ errors: 1, warnings: 0 });
    expect((report as unknown as { files: object[] }).files).toMatchObject([{ name: 'Ada' }, { name: null }]);
  });

  it('holds bios to the rules it is given', async () => {
    await write(CLEAN);
    const { code, report } = await json('.', '--max-words', '2', '--required-sections', 'SIGs, What I did');
    expect(code).toBe(1);
    expect(report.elections[0]?.diagnostics.map((d) => d.code)).toEqual([
      'bio-too-long',
      'bio-section-missing',
    ]);
  });

  it('tells links that lead to no file, from wherever it is asked', async () => {
    await write({
      ...CLEAN,
      'README.md': '',
      'elections/steering/2026/candidate-ada.md': `${CANDIDATE}[a](../../../README.md) [b](../nothing.md)\n`,
    });
    await mkdir(join(dir, '.git'));
    const file = 'elections/steering/2026/candidate-ada.md';
    for (const path of ['.', 'elections/steering', file]) {
      const { stdout } = await elekto('lint', path);
      expect(stdout.match(/\S+: warning: .*\[link-dead\]/g)).toEqual([
        `${file}:11:29: warning: The link "../nothing.md" leads to no file of the repository. [link-dead]`,
      ]);
    }
  });

  it('annotates pull requests', async () => {
    await write({ ...CLEAN, 'elections/a,b/election.yaml': YAML.replace('Steering', '50%: @x') });
    const { stdout } = await elekto('lint', '.', '--format', 'github');
    expect(stdout).toContain('::error file=elections/a%2Cb/voters.yaml,title=voters-missing::');
    expect(stdout).toMatch(
      /^::warning file=elections\/a%2Cb\/election\.yaml,line=1,col=7,title=yaml-unquoted::.*50%25/m,
    );
  });

  it('writes SARIF', async () => {
    await write({ ...CLEAN, 'elections/steering/2026/candidate-bob.md': 'no header' });
    const sarif = JSON.parse((await elekto('lint', '.', '--format', 'sarif')).stdout) as {
      version: string;
      runs: { results: object[] }[];
    };
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0]?.results).toMatchObject([
      {
        ruleId: 'candidate-header-missing',
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'elections/steering/2026/candidate-bob.md' },
              region: { startLine: 1, startColumn: 1 },
            },
          },
        ],
      },
    ]);
  });

  it('repairs with --fix and then finds nothing more', async () => {
    await write({
      ...CLEAN,
      'elections/steering/2026/voters.yaml': '# Roll\neligible_voters:\n- ada # first\n- @grace\n- ADA\n',
      'elections/steering/2026/candidate-bob.md': CANDIDATE.replace('ID: ada', 'ID: @bob').replace(
        /name: .*/,
        'name: Bob',
      ),
    });
    const { code, stdout, stderr } = await elekto('lint', '.', '--fix');
    expect([code, stdout.trim().split('\n').at(-1)]).toEqual([0, '0 errors, 0 warnings']);
    expect(stderr).toContain('candidate-bob.md: 2 repairs');
    expect(await readFile(join(dir, 'elections/steering/2026/voters.yaml'), 'utf8')).toBe(
      '# Roll\neligible_voters:\n- ada # first\n- grace\n',
    );
  });

  it('says so when there is nothing to check', async () => {
    expect(await elekto('lint', '.')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No elections found'),
    });
    expect(await elekto('lint', 'nowhere')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no such file'),
    });
  });
});

describe('elekto new election', () => {
  it('makes a folder of which the linter wants what is to be filled in, and no more', async () => {
    const made = await elekto(
      'new',
      'election',
      'elections/steering/2027',
      '--officers',
      'ada,007',
      '--seats',
      '3',
      '--name',
      'A: B',
    );
    expect(made.code).toBe(0);
    const { code, report } = await json('.');
    expect([code, report.summary]).toEqual([0, { errors: 0, warnings: 4 }]);
    expect(report.elections).toMatchObject([{ key: 'steering---2027', name: 'A: B', voters: 2 }]);
  });

  it('overwrites nothing', async () => {
    await write(CLEAN);
    expect(await elekto('new', 'election', 'elections/steering/2026')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('already holds'),
    });
    await write({ 'elections/next/voters.yaml': '- kept' });
    await elekto('new', 'election', 'elections/next');
    expect(await readFile(join(dir, 'elections/next/voters.yaml'), 'utf8')).toBe('- kept');
  });

  it('refuses an end before the start', async () => {
    expect(
      await elekto('new', 'election', 'x', '--start', '2027-02-01', '--end', '2027-01-01'),
    ).toMatchObject({ code: 1, stderr: expect.stringContaining('before it starts') });
    expect(existsSync(join(dir, 'x'))).toBe(false);
  });
});

describe('real files', () => {
  const shared = existsSync(SHARED);
  if (!shared) console.warn('NOTICE: ../shared/data is not here; real repositories are not linted.');

  it.runIf(shared)('lint without an error', async () => {
    for (const name of await readdir(join(SHARED, 'real'))) {
      const { code, report } = await json(join(SHARED, 'real', name));
      expect([name, code, report.summary.errors]).toEqual([name, 0, 0]);
    }
  });

  it.runIf(shared)('of the corpus give name and ID, or an error at a line', async () => {
    for (const name of await readdir(join(SHARED, 'candidate-corpus'))) {
      const { report } = await json(join(SHARED, 'candidate-corpus', name));
      const { files } = report as unknown as {
        files: {
          file: string;
          name: string | null;
          id: string | null;
          diagnostics: (Diagnostic & { severity: string; line: number })[];
        }[];
      };
      expect(files.length).toBeGreaterThan(20);
      for (const file of files) {
        const errors = file.diagnostics.filter((d) => d.severity === 'error');
        expect([file.file, Boolean(file.name && file.id)]).toEqual([file.file, errors.length === 0]);
        for (const error of errors) expect(error.line).toBeGreaterThan(0);
      }
    }
  });

  it('of the example lint without a word', async () => {
    const { code, report } = await json(join(ROOT, 'examples/driftwood'));
    expect([code, report.summary]).toEqual([0, { errors: 0, warnings: 0 }]);
  });
});
