/**
 * In place of systemctl, for support/machine.ts: `start <unit>` and `enable --now <unit>` start what the unit's ExecStart says, with the
 * unit's environment and its settings file and with nothing else (of `<template>@<instance>` the template's); `stop <unit>` ends it, `restart <unit>` does both.
 * Anything else does nothing.
 */
import { spawn } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const dir = process.env['MACHINE_DIR'] ?? '';
const args = process.argv.slice(2);
const name = args.at(-1) ?? '';
const [template = '', instance] = name.split('@');
const pidFile = join(dir, instance === undefined ? 'service.pid' : `${name}.pid`);

const settings = (file: string): [string, string][] =>
  readFileSync(file, 'utf8')
    .replaceAll('%i', instance ?? '%i')
    .split('\n')
    .filter((line) => /^\w+=/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);

function start(): void {
  const unit = settings(
    join(dir, `etc/systemd/system/${instance === undefined ? name : `${template}@`}.service`),
  );
  const all = (key: string): string[] => unit.filter(([k]) => k === key).map(([, value]) => value);
  const environment = all('Environment').flatMap((line) =>
    line.split(/\s+/).map((pair) => pair.split(/=(.*)/s)),
  );
  const [command = '', ...rest] = (all('ExecStart')[0] ?? '').split(/\s+/);
  const out = openSync(join(dir, 'journal.log'), 'a');
  const child = spawn(command, rest, {
    cwd: all('WorkingDirectory')[0],
    detached: true,
    stdio: ['ignore', out, out],
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin',
      HOME: join(dir, 'var/lib', name),
      ...(Object.fromEntries(environment) as Record<string, string>),
      ...Object.fromEntries(all('EnvironmentFile').flatMap(settings)),
    },
  });
  writeFileSync(pidFile, String(child.pid));
  child.unref();
}

async function stop(): Promise<void> {
  const pid = Number(readFileSync(pidFile, 'utf8'));
  try {
    process.kill(pid, 'SIGTERM');
    for (;;) {
      process.kill(pid, 0);
      await sleep(50);
    }
  } catch {
    // It is gone.
  }
}

if (args[0] === 'start' || (args[0] === 'enable' && args[1] === '--now')) start();
else if (args[0] === 'stop') await stop();
else if (args[0] === 'restart') {
  await stop();
  start();
}
