/** What a tag publishes, as far as that can be seen here: the file that says it, and the commands in it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly 'timeout-minutes': number;
  readonly steps: readonly Step[];
}

const workflow = parse(read('.github/workflows/release.yaml')) as {
  permissions: object;
  jobs: Record<string, Job>;
};
const jobs = Object.values(workflow.jobs);
const steps = jobs.flatMap((job) => job.steps);
const { scripts, version } = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  version: string;
};

describe('a release', () => {
  it('runs actions of one commit each, with no more rights than each job names, and not for ever', () => {
    for (const { uses } of steps)
      if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    expect(workflow.permissions).toEqual({});
    const writing = Object.entries(workflow.jobs).flatMap(([name, { permissions }]) =>
      Object.entries(permissions).flatMap(([right, how]) => (how === 'write' ? [`${name}: ${right}`] : [])),
    );
    expect(writing).toEqual(['image: packages', 'image: id-token', 'npm: id-token', 'page: contents']);
    for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('puts nothing from outside into a shell', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  it('carries provenance and the list of what is in it, image and package alike', () => {
    const image = steps.find(({ uses }) => uses?.startsWith('docker/build-push-action@'))?.with;
    expect(image).toMatchObject({ sbom: true, provenance: 'mode=max', file: 'deploy/Containerfile' });
    expect(existsSync(join(root, 'deploy/Containerfile'))).toBe(true);
    expect(steps.map(({ run }) => run)).toContain(
      'npm publish ./artifacts/tally --provenance --access public',
    );
  });

  it('calls commands that are here, and finds its section of the changelog', () => {
    const asked = steps.flatMap(({ run }) => [...(run ?? '').matchAll(/npm run (?:--silent )?([\w:-]+)/g)]);
    expect(asked.map(([, name = '']) => name).toSorted()).toEqual(['pack:tally', 'sbom']);
    for (const [, name = ''] of asked) expect(Object.keys(scripts)).toContain(name);
    const script = steps.find(({ run }) => run?.includes('awk'))?.run?.split('\n')[1] ?? '';
    const notes = execFileSync('sh', ['-c', script.replace('> notes.md', '')], {
      cwd: root,
      env: { ...process.env, version },
      encoding: 'utf8',
    });
    expect(notes.trim()).not.toBe('');
    expect(notes).not.toMatch(/^## /m);
  });
});
