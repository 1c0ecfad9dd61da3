/** docs/operators-upgrade.md, and a restore on Kubernetes by docs/operators-backup.md: whichever step fails, nothing further is done. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

import { shellBlocks } from './support/guide.ts';

const guideOf = (name: string): Map<string, string[]> =>
  shellBlocks(readFileSync(join(import.meta.dirname, '../docs', name), 'utf8'));
const guide = guideOf('operators-upgrade.md');
const restore = (guideOf('operators-backup.md').get('Restore') ?? []).filter((block) =>
  block.includes('kubectl'),
);
const dir = mkdtempSync(join(tmpdir(), 'elekto-upgrade-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Runs a block with programs that only say that they were asked, of which the one at `failing` fails. */
function asked(block: string, failing: number): string[] {
  const log = join(dir, 'asked');
  writeFileSync(log, '');
  const standIn = `echo "$name $*" >>'${log}'; [ "$(wc -l <'${log}')" -ne ${failing} ]`;
  const names = [
    'elekto',
    'systemctl',
    'cd',
    'git',
    'npm',
    'podman',
    'kubectl',
    'curl',
    'mkdir',
    'mv',
    'runuser',
  ];
  const functions = names.map((name) => `${name}() { name=${name}; ${standIn}; }`).join('\n');
  spawnSync('/bin/bash', ['-c', `${functions}\n${block.replace(/<(version|backup)>/g, 'v9')}`], { cwd: dir });
  return readFileSync(log, 'utf8').trim().split('\n');
}

it.each([
  ...['One machine, no containers', 'Compose', 'Kubernetes', 'Back to the version before'].flatMap(
    (heading) => (guide.get(heading) ?? []).map((block) => [heading, block] as const),
  ),
  ['Kubernetes, a pod for a restore', restore[0] ?? ''] as const,
  ['Kubernetes, the servers after it', restore[1] ?? ''] as const,
])('%s', (_heading, block) => {
  const all = asked(block, 0);
  expect(all.length).toBeGreaterThan(3);
  for (let failing = 1; failing <= all.length; failing += 1)
    expect(asked(block, failing)).toEqual(all.slice(0, failing));
});

it('waits for the deployment before the pod that it makes, and for that before anything is done in it', () => {
  const steps = asked(restore[0] ?? '', 0).map(
    (line) => /apply|deployment\/elekto --timeout|pod --selector|exec/.exec(line)?.[0],
  );
  expect(steps.slice(2)).toEqual([
    'apply',
    'deployment/elekto --timeout',
    'pod --selector',
    'exec',
    'exec',
    'exec',
  ]);
});
