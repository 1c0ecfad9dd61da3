/** Programs that tests run and that are no npm packages. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FOLDERS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

const find = (name: string): string | undefined =>
  FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path));

/** As quiet as it goes, and no server is waited for longer than 15 s. */
const APT = 'apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=15 -o Acquire::https::Timeout=15';

/**
 * Runs what fetches with apt-get, one at a time: test files run side by side, and it refuses a second run beside its own. Only
 * fetching is cut off: a package that is half installed is in everybody's way.
 */
function apt(fetch: string, cwd: string, then = 'true'): void {
  const command = `timeout 120 ${APT} update; timeout 180 ${APT} ${fetch} && ${then}`;
  spawnSync('flock', [join(tmpdir(), 'elekto-apt.lock'), 'sh', '-c', command], {
    cwd,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function missing(names: readonly string[], packages: readonly string[]): Error {
  return new Error(
    `This test needs ${names.join(' and ')}. Install (Debian): apt-get install ${packages.join(' ')}`,
  );
}

/** Paths of programs, installed from these packages where this is Debian and we may. Throws without them. */
export function installed(names: readonly string[], packages: readonly string[]): readonly string[] {
  if (!names.every(find) && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    apt(
      `install -y --no-install-recommends --download-only ${packages.join(' ')}`,
      tmpdir(),
      `${APT} install -y --no-install-recommends --no-download ${packages.join(' ')}`,
    );
  return names.map((name) => {
    const path = find(name);
    if (path === undefined) throw missing(names, packages);
    return path;
  });
}

/** Path of one program: the machine's own, else unpacked from Debian's package into a folder. Throws without it. */
export function unpacked(name: string, from: string, into: string): string {
  const own = find(name);
  if (own !== undefined) return own;
  if (existsSync('/usr/bin/apt-get')) {
    mkdirSync(into, { recursive: true });
    apt(`download ${from}`, into);
    const archive = readdirSync(into).find((file) => file.endsWith('.deb'));
    if (archive !== undefined) spawnSync('dpkg-deb', ['-x', archive, into], { cwd: into });
  }
  const path = join(into, 'usr/bin', name);
  if (!existsSync(path)) throw missing([name], [from]);
  return path;
}
