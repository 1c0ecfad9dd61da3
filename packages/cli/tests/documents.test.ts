import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeTranscript } from '@elekto/custody/ceremony';
import { headerOf, keyOf, runCeremony } from '@elekto/custody/testing';
import {
  FIELD_NAMES,
  METHODS,
  readCandidateFile,
  readElection,
  readOfficerKeys,
  readResultsKeys,
  readSiteFile,
  readVoters,
  RECEIPT_MODES,
} from '@elekto/election';
import { startGitServer } from '@elekto/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRules } from '@elekto/roll';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { rollSchema } from '../../roll/vectors/make-roll-schema.ts';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../../..');
const run = promisify(execFile);
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('docs/diagnostics.md', () => {
  const sources = ['packages/election/src', 'packages/metarepo/src'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .map((path) => text(join(folder, path)).replace(/MetaRepoError\(\s*'[a-z-]+'/g, '')),
  );
  const used = new Set(
    sources.flatMap((source) =>
      [
        ...source.matchAll(
          /(?:\b(?:error|warning|info|refused|refusal)\(|code: |return refuse\(|^ {4})\s*'([a-z]+[\da-z]*(?:-[a-z\d]+)+)'/gm,
        ),
        ...source.matchAll(/'((?:symlink|submodule|yaml-[a-z]+(?:-[a-z]+)*))'/g),
      ].map((match) => match[1] ?? ''),
    ),
  );
  const described = new Set(
    [...text('docs/diagnostics.md').matchAll(/^\| `([a-z\d-]+)`/gm)].map((match) => match[1] ?? ''),
  );

  it('describes every code that is in use', () => {
    expect([...used].filter((code) => !described.has(code))).toEqual([]);
    expect(used.size).toBeGreaterThan(90);
  });

  it('describes no code that is not', () => {
    expect([...described].filter((code) => !sources.some((source) => source.includes(`'${code}'`)))).toEqual(
      [],
    );
  });
});

describe('docs/schema/election.schema.json', () => {
  const schema = JSON.parse(text('docs/schema/election.schema.json')) as {
    properties: Record<string, { enum?: string[] }>;
  };
  const check = z.fromJSONSchema(schema as never);
  const accepts = (yaml: string): boolean => check.safeParse(parse(yaml, { schema: 'core' })).success;
  const BASE =
    'name: x\nstart_datetime: 2027-01-01 00:00:01\nend_datetime: 2027-01-02 00:00:00\nno_winners: 1\nelection_officers: [ada]\n';

  it('knows every field and every choice of the reader', () => {
    expect(Object.keys(schema.properties).sort()).toEqual([...FIELD_NAMES, 'exceptions_due'].sort());
    expect(schema.properties['method']?.enum).toEqual([...METHODS]);
    expect(schema.properties['receipts']?.enum).toEqual([...RECEIPT_MODES]);
  });

  it.each([
    ['', true],
    ['show_candidate_fields:\n  -\n', true],
    ['show_candidate_fields:\n', true],
    ['representation_limit: {field: employer, max: 1/3}\n', true],
    ['representation_limit: {field: employer}\n', false],
    ['quorum: 12\n', true],
    ['quorum: 1/3\n', true],
    ['quorum: 0\n', false],
    ['quorum: some\n', false],
    ['minimum_share: 10%\n', true],
    ['minimum_share: 10\n', false],
    ['none_of_the_above: {candidate: none, rule: drop, majority: 3/2, support: 45}\n', true],
    ['none_of_the_above: {rule: drop}\n', false],
    ['none_of_the_above: {candidate: none, rule: other}\n', false],
    ['none_of_the_above: {candidate: none, majority: half}\n', false],
    ['none_of_the_above: {candidate: none, support: many}\n', false],
    ['group_seats: {field: region, seats: {EMEA: 1}}\n', true],
    ['group_seats: {field: region}\n', false],
    ['group_seats: {field: region, seats: {EMEA: 0}}\n', false],
    ['body: Board\nterm: 18 months\n', true],
    ['term: 2029-09-30\n', true],
    ['method: dowsing\n', false],
    ['receipts: immediate\nturnout: officers\n', true],
    ['no_winners: 0\n', false],
    ['exception_due: soon\n', false],
    ['custody: server\n', true],
    ['custody: keys/../2026.json\n', false],
    ['x_ours: 1\n', true],
    [
      'nominations: {opens: 2026-11-01, closes: 2026-12-01 23:59:59, endorsements: 3, distinct: employer}\n',
      true,
    ],
    ['nominations: {endorsers: voters, self_nomination: true, max_words: 300}\n', true],
    ['nominations: {closes: soon}\n', false],
    ['nominations: {endorsements: many}\n', false],
    ['nominations: {endorsers: friends}\n', false],
    ['nominations: yes please\n', false],
  ])('agrees with the reader about %j', (more, ok) => {
    const yaml = more.startsWith('no_winners') ? BASE.replace('no_winners: 1\n', more) : BASE + more;
    expect(accepts(yaml)).toBe(ok);
    const { diagnostics } = readElection('e/x', 'e', [
      { path: 'e/x/election.yaml', text: yaml },
      { path: 'e/x/voters.yaml', text: '- ada' },
      { path: 'e/x/candidate-none.md', text: '---\nname: None of the above\nID: none\n---\n' },
    ]);
    expect(diagnostics.every((d) => d.severity !== 'error')).toBe(ok);
  });
});

describe('the schemas of custody', () => {
  const schema = (name: string) => z.fromJSONSchema(JSON.parse(text(`docs/schema/${name}`)) as never);
  const header = headerOf(3, 2);

  it('take a custody file, before its ceremony and after it', async () => {
    const check = schema('custody.schema.json');
    const posts = await runCeremony(header, [1, 2, 3].map(keyOf));
    for (const transcript of [[], posts])
      expect(check.safeParse(JSON.parse(writeTranscript({ header, posts: transcript }))).success).toBe(true);
    const file = JSON.parse(writeTranscript({ header, posts })) as { header: object; posts: object[] };
    expect(check.safeParse({ ...file, header: { ...file.header, threshold: 1 } }).success).toBe(false);
    expect(check.safeParse({ ...file, more: 1 }).success).toBe(false);
  });

  it('take an officer’s public keys, and nothing more', () => {
    const check = schema('officer.schema.json');
    const keys = { format: 'elekto-officer/1', login: 'ada', sign: 'A'.repeat(43), receive: 'E'.repeat(43) };
    for (const [value, ok] of [
      [keys, true],
      [{ ...keys, secret: 1 }, false],
      [{ ...keys, sign: 'A' }, false],
    ] as const) {
      expect(check.safeParse(value).success).toBe(ok);
      const source = { path: 'officers/ada.json', text: JSON.stringify(value) };
      expect(readOfficerKeys(source).keys !== null).toBe(ok);
    }
  });
});

describe('docs/schema/roll.schema.json', () => {
  const schema = JSON.parse(text('docs/schema/roll.schema.json')) as object;
  const check = new Ajv2020({ allErrors: true, strict: false, formats: { uri: true } }).compile(schema);

  it('is the shape that roll.yaml is read by; node packages/roll/vectors/make-roll-schema.ts writes it', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(rollSchema())));
  });

  const examples = [...text('docs/roll.md').matchAll(/```yaml\n([^`]*\bwho:[^`]*)```/g)].map(
    ([, yaml]) => yaml ?? '',
  );
  it.each(examples)('and the reader take the example\n%s', (yaml) => {
    expect(readRules('roll.yaml', yaml).diagnostics).toEqual([]);
    check(parse(yaml, { schema: 'core' }));
    expect(check.errors).toBeNull();
  });
  it('has examples', () => expect(examples.length).toBeGreaterThan(4));
});

describe('docs/schema/voters.schema.json', () => {
  const check = z.fromJSONSchema(JSON.parse(text('docs/schema/voters.schema.json')) as never);
  it.each([
    ['eligible_voters: [ada, "007", Grace-H]\n', true],
    ['eligible_voters:\n  # 2026-01-02: nobody yet\n  - x.y_z\n', true],
    ['eligible_voters:\n  - Ada Lovelace\n', false],
    ['eligible_voters:\n  - ada@example.org\n', false],
    ['eligible_voters:\n  - 2026-01-02: added\n', false],
    ['voters: [ada]\n', false],
  ])('agrees with the reader about %j', (yaml, ok) => {
    expect(check.safeParse(parse(yaml, { schema: 'core' })).success).toBe(ok);
    expect(readVoters('voters.yaml', yaml).report.diagnostics.length === 0).toBe(ok);
  });
});

describe('docs/schema/candidate.schema.json', () => {
  const check = z.fromJSONSchema(JSON.parse(text('docs/schema/candidate.schema.json')) as never);

  it.each([
    ['', true],
    ['info:\n  - employer: Acme\n  - years: 3\n', true],
    ['withdrawn: true\n', true],
    ['withdrawn: 2027-09-03, moved\n', true],
    ['withdrawn: false\n', true],
    ['withdrawn:\n', false],
    ['withdrawn: [moved]\n', false],
    ['info: text\n', false],
    ['endorsed_by:\n  - grace\n  - hopper: Navy\n', true],
    ['endorsed_by:\n  - Grace of the Navy\n', true, 'warning'],
    ['nominated_by: grace\n', true],
  ])('agrees with the reader about %j', (more, ok, severity = 'info') => {
    const header = `name: Ada\nID: ada\n${more}`;
    expect(check.safeParse(parse(header, { schema: 'core' })).success).toBe(ok);
    const { diagnostics } = readCandidateFile('candidate-ada.md', `---\n${header}---\n`);
    expect(diagnostics.every((d) => ['info', severity].includes(d.severity))).toBe(ok);
  });
});

describe('docs/schema/results-keys.schema.json', () => {
  const check = z.fromJSONSchema(JSON.parse(text('docs/schema/results-keys.schema.json')) as never);
  const entry = `- key: ${'A'.repeat(43)}\n  server: https://vote.example.org\n`;

  it.each([
    ['', true],
    [entry, true],
    [`${entry}  from: 2026-01-01\n  until: 2026-02-01 00:00:00\n`, true],
    [`${entry}  until: soon\n`, false],
    ['- key: abc\n  server: https://vote.example.org\n', false],
    [`- key: ${'A'.repeat(43)}\n`, false],
    [`- key: ${'A'.repeat(43)}\n  server: vote.example.org\n`, false],
    ['key: x\n', false],
  ])('agrees with the reader about %j', (yaml, ok) => {
    expect(check.safeParse(parse(yaml, { schema: 'core' })).success).toBe(ok);
    const { keys, report } = readResultsKeys('results-keys.yaml', yaml);
    expect(report.diagnostics.length === 0).toBe(ok);
    expect(keys.length > 0).toBe(ok && yaml !== '');
  });

  it('is shown by an example of docs/administrators.md that is read without a word', () => {
    const example =
      /## results-keys\.yaml[\s\S]*?```yaml\n([\s\S]*?)```/.exec(text('docs/administrators.md'))?.[1] ?? '';
    const { keys, report } = readResultsKeys('results-keys.yaml', example);
    expect(report.diagnostics).toEqual([]);
    expect(keys).toHaveLength(1);
  });
});

describe('docs/schema/site.schema.json', () => {
  const check = z.fromJSONSchema(JSON.parse(text('docs/schema/site.schema.json')) as never);

  it.each([
    ['', true],
    ['name: Harbour\nurl: https://example.org\naccent: "#2a5bd7"\nlanguage: pt-BR\n', true],
    ['name: <b>Harbour</b>\n', false],
    [`name: ${'x'.repeat(81)}\n`, false],
    ['name: [Harbour]\n', false],
    ['accent: teal\n', false],
    ['url: javascript:alert(1)\n', false],
    ['language: English (UK)\n', false],
    ['title: Harbour\n', false],
    ['- Harbour\n', false],
  ])('agrees with the reader about %j', (yaml, ok) => {
    expect(check.safeParse(parse(yaml, { schema: 'core' })).success).toBe(ok);
    expect(readSiteFile('site.yaml', yaml).report.diagnostics.length === 0).toBe(ok);
  });

  it('is shown by an example of docs/administrators.md that is read without a word', () => {
    const example =
      /## site\.yaml[\s\S]*?```yaml\n([\s\S]*?)```/.exec(text('docs/administrators.md'))?.[1] ?? '';
    const { site, report } = readSiteFile('site.yaml', example);
    expect(report.diagnostics).toEqual([]);
    expect(Object.values(site).every((value) => value !== null)).toBe(true);
  });
});

describe('docs/administrators.md', () => {
  const guide = text('docs/administrators.md');

  it('explains every field', () => {
    for (const field of [...FIELD_NAMES, 'exceptions_due']) expect(guide).toContain(`\`${field}\``);
  });

  it('shows files that are read without a word', () => {
    const block = (after: string, language: string): string =>
      new RegExp(`## ${after}[\\s\\S]*?\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1] ?? '';
    const { election, diagnostics } = readElection('e/x', 'e', [
      { path: 'e/x/election.yaml', text: block('election\\.yaml', 'yaml') },
      { path: 'e/x/voters.yaml', text: block('voters\\.yaml', 'yaml') },
      { path: 'e/x/candidate-ada.md', text: block('candidate-', 'text') },
    ]);
    expect(diagnostics).toEqual([]);
    expect(election).toMatchObject({
      seats: 3,
      candidates: [{ id: 'ada' }],
      voters: [{ login: 'ada' }, { login: '249043822' }, {}],
    });
  });

  it('links to files that exist', () => {
    for (const [, link = ''] of guide.matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect(existsSync(join(ROOT, 'docs', link)), link).toBe(true);
  });
});

describe('action.yml', () => {
  const action = parse(text('action.yml')) as {
    inputs: Record<string, unknown>;
    runs: { using: string; steps: { run?: string; env?: Record<string, string> }[] };
  };
  const step = action.runs.steps.at(-1);
  let workspace: string;
  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'elekto-action-'));
  });
  afterEach(() => rm(workspace, { recursive: true, force: true }));

  const run = (inputs: Record<string, string>): Promise<{ code: number; stdout: string }> =>
    new Promise((resolve) => {
      const env = {
        ...process.env,
        INPUT_PATHS: '',
        INPUT_ELECTIONS_DIR: '',
        INPUT_MAX_WORDS: '',
        INPUT_REQUIRED_SECTIONS: '',
        ...inputs,
      };
      execFile(
        'bash',
        ['-eo', 'pipefail', '-c', step?.run ?? 'exit 9'],
        { cwd: workspace, env: { ...env, GITHUB_ACTION_PATH: ROOT } },
        (error, stdout) => resolve({ code: error ? Number(error.code) : 0, stdout }),
      );
    });

  it('hands every input on as a variable, never as script text', () => {
    expect(action.runs.using).toBe('composite');
    for (const { run: script } of action.runs.steps) expect(script ?? '').not.toContain('${{');
    const used = Object.values(step?.env ?? {}).map((value) => /inputs\.([\w-]+)/.exec(value)?.[1]);
    expect(used.sort()).toEqual(Object.keys(action.inputs).sort());
  });

  it('annotates what it finds below the workspace', async () => {
    await writeFile(join(workspace, 'candidate-ada.md'), 'no header');
    await writeFile(join(workspace, 'candidate-b b.md'), '------\nname: B\nID: @b\n------\none two\n');
    const both = await run({ INPUT_PATHS: 'candidate-ada.md\ncandidate-b b.md\n', INPUT_MAX_WORDS: '1' });
    expect(both.code).toBe(1);
    expect(both.stdout).toContain(
      '::error file=candidate-ada.md,line=1,col=1,title=candidate-header-missing::',
    );
    expect(both.stdout).toContain(
      '::warning file=candidate-b b.md,line=3,col=5,title=candidate-id-decorated::',
    );
    expect(both.stdout).toContain('title=bio-too-long::');
    expect((await run({ INPUT_PATHS: 'candidate-b b.md' })).code).toBe(0);
  });
});

describe('review/action.yml', () => {
  it('hands every input on as a variable, never as script text', () => {
    const action = parse(text('review/action.yml')) as {
      inputs: Record<string, unknown>;
      runs: { steps: { run?: string; env?: Record<string, string> }[] };
    };
    for (const { run } of action.runs.steps) expect(run ?? '').not.toContain('${{');
    const used = Object.values(action.runs.steps.at(-1)?.env ?? {}).map(
      (value) => /inputs\.([\w-]+)/.exec(value)?.[1],
    );
    expect(used.sort()).toEqual(Object.keys(action.inputs).sort());
  });

  it('puts no text of a stranger into the log, which the runner reads for commands', () => {
    const { runs } = parse(text('review/action.yml')) as { runs: { steps: { run?: string }[] } };
    const lines = (runs.steps.at(-1)?.run ?? '').trim().split('\n');
    expect(lines.at(-1)).toMatch(/ review "\$\{options\[@\]\}" -- \. >> "\$GITHUB_STEP_SUMMARY"$/);
    expect(lines.filter((line) => line.includes('main.ts'))).toHaveLength(1);
  });

  it('is run by the sample from the own branch alone, which checks out nothing of the pull request', () => {
    const sample = text('docs/samples/review-elections.yml');
    const { on, permissions, jobs } = parse(sample) as {
      on: object;
      permissions: object;
      jobs: Record<
        'comment' | 'pictures',
        { permissions: object; steps: { name?: string; uses?: string; with?: object }[] }
      >;
    };
    expect(Object.keys(on)).toEqual(['workflow_run']);
    for (const { steps } of Object.values(jobs)) expect(steps[0]?.with).not.toHaveProperty('ref');
    expect(sample).not.toContain('git checkout');
    // What reads the texts of strangers has nothing to take.
    expect(permissions).toEqual({});
    expect(jobs.pictures.permissions).toEqual({ contents: 'read' });
    const readers = jobs.pictures.steps.filter(({ name }) => name !== 'Fetch the proposed commit');
    expect(readers).toHaveLength(3);
    expect(JSON.stringify(readers)).not.toMatch(/token|secrets/i);
  });

  it('is fetched from a private repository, too, by the sample, which leaves no token behind', async () => {
    const { jobs } = parse(text('docs/samples/review-elections.yml')) as {
      jobs: Record<string, { steps: { name?: string; run?: string }[] }>;
    };
    const scripts = Object.values(jobs).map(
      ({ steps }) => steps.find(({ name }) => name === 'Fetch the proposed commit')?.run ?? '',
    );
    expect(new Set(scripts).size).toBe(1);
    const server = await startGitServer();
    const clone = await mkdtemp(join(tmpdir(), 'elekto-private-'));
    try {
      const repository = await server.createRepository('meta');
      await repository.publish({ 'README.md': 'one' });
      await run('git', ['clone', '--quiet', repository.url, clone]);
      const head = await repository.publish({ 'README.md': 'two' });
      server.requireToken('made-up-token');
      const fetchWith = (token: string) =>
        run('bash', ['-e', '-c', scripts[0] ?? ''], {
          cwd: clone,
          env: {
            ...process.env,
            HEAD: head,
            TOKEN: token,
            GITHUB_SERVER_URL: server.url,
            GIT_TERMINAL_PROMPT: '0',
          },
        });
      await expect(fetchWith('another')).rejects.toThrow(/Authentication failed|could not read Username/);
      await fetchWith('made-up-token');
      expect((await run('git', ['cat-file', '-t', head], { cwd: clone })).stdout.trim()).toBe('commit');
      expect(readFileSync(join(clone, '.git/config'), 'utf8')).not.toMatch(/extraheader|basic/i);
    } finally {
      await server.close();
      await rm(clone, { recursive: true, force: true });
    }
  });
});
