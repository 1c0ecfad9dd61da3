/** Packages of Debian, installed where the machine lets us. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Ms that fetching may take: where nothing can be fetched, a test run is told so and does not wait for it. */
export const PATIENCE = 300_000;
const APT = [
  '-qq',
  '-o',
  'Acquire::Retries=1',
  '-o',
  'Acquire::http::Timeout=15',
  '-o',
  'Acquire::https::Timeout=15',
];

/** Runs a program and shows what it says; whether it worked is looked at afterwards. `limited`: for {@link PATIENCE} at most. */
export function attempt(command: string, args: readonly string[], limited = true): void {
  process.stdout.write(`> ${command} ${args.join(' ')}\n`);
  spawnSync(command, args, {
    ...(limited && { timeout: PATIENCE, killSignal: 'SIGTERM' as const }),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** Whether packages can be installed here: Debian's tools are there, and we are root. */
export const canInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs them, without what they only recommend. Only where {@link canInstall}. */
export function aptInstall(packages: readonly string[]): void {
  const wanted = ['install', '-y', '--no-install-recommends', ...packages];
  attempt('apt-get', [...APT, 'update']);
  attempt('apt-get', [...APT, ...wanted, '--download-only']);
  // What is there is unpacked to its end: a package that is half installed is in everybody's way.
  attempt('apt-get', [...APT, ...wanted, '--no-download'], false);
}
