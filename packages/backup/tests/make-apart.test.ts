import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it, vi } from 'vitest';

import { makeBackupApart } from '../src/make-apart.ts';
import { newIdentity } from '../src/sealed.ts';

/** A `pg_dump` that notes its process, writes something and does not end. */
const HANGS = (note: string): string => `#!/bin/sh
for argument; do case "$argument" in --file=*) file="\${argument#--file=}" ;; esac; done
echo part >"$file"
echo $$ >${note}.new && mv ${note}.new ${note}
exec sleep 600
`;

/** One that has ended stays in the list where nobody above it asks how it ended, as in a container. */
const runs = (pid: number): boolean => {
  try {
    if (existsSync('/proc/self/stat')) return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('that is given up ends with what it has called, and leaves nothing', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-apart-'));
  const [bin, out, note] = ['bin', 'out', 'pid'].map((name) => join(dir, name)) as [string, string, string];
  mkdirSync(bin);
  mkdirSync(out);
  writeFileSync(join(bin, 'pg_dump'), HANGS(note), { mode: 0o755 });
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH']}`);
  const { recipient } = await newIdentity();
  const stop = new AbortController();
  const made = makeBackupApart(
    {
      what: 'database',
      url: 'postgresql://somebody@127.0.0.1:9/elekto',
      draft: join(out, 'draft'),
      file: join(out, 'elekto.dump.age'),
      to: { recipient },
    },
    stop.signal,
  );
  await vi.waitUntil(() => existsSync(note), { timeout: 60_000 });
  const pid = Number(readFileSync(note, 'utf8'));
  expect([runs(pid), readdirSync(out)]).toEqual([true, ['draft']]);
  stop.abort();
  await expect(made).rejects.toThrow(/its process was killed/);
  await vi.waitUntil(() => !runs(pid), { timeout: 60_000 });
  expect(readdirSync(out)).toEqual([]);
  vi.unstubAllEnvs();
});
