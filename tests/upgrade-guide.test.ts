/** docs/operators-upgrade.md: whichever step fails, nothing further is done. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

import { shellBlocks } from './support/guide.ts';

const guide = shellBlocks(readFileSync(join(import.meta.dirname, '../docs/operators-upgrade.md'), 'utf8'));
const dir = mkdtempSync(join(tmpdir(), 'elekto-upgrade-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Runs a block with programs that only say that they were asked, of which the one at `failing` fails. */
function asked(block: string, failing: number): string[] {
  const log = join(dir, 'asked');
  writeFileSync(log, '');
  const standIn = `echo "$name $*" >>'${log}'; [ "$(wc -l <'${log}')" -ne ${failing} ]`;
  const names = ['elekto', 'systemctl', 'cd', 'git', 'npm', 'podman', 'kubectl', 'curl', 'mkdir', 'mv'];
  const functions = names.map((name) => `${name}() { name=${name}; ${standIn}; }`).join('\n');
  spawnSync('/bin/bash', ['-c', `${functions}\n${block.replace(/<(version|backup)>/g, 'v9')}`], { cwd: dir });
  return readFileSync(log, 'utf8').trim().split('\n');
}

it.each(['One machine, no containers', 'Compose', 'Kubernetes', 'Back to the version before'])(
  '%s',
  (heading) => {
    const block = guide.get(heading)?.join('\n') ?? '';
    const all = asked(block, 0);
    expect(all.length).toBeGreaterThan(3);
    for (let failing = 1; failing <= all.length; failing += 1)
      expect(asked(block, failing)).toEqual(all.slice(0, failing));
  },
);
