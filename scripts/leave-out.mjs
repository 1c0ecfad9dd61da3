/** What packages bring along that nothing reads where an election only runs. Imports nothing that has to be installed. */
import { existsSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Maps for debuggers, and types. */
const NEEDLESS = /\.(map|d\.[cm]?ts)$/;

/** Beside a package's own place, as `.pnpm/<name>@<version>/node_modules/<name>`. */
const placeOf = (folder, name) => join(folder, 'node_modules', name);

/**
 * Removes them from the packages in `dir`, a folder `.pnpm`, and of the database its sources and its programs for other systems: a third
 * of all that was installed. Astro copies types of its own.
 */
export function leaveOut(dir) {
  for (const folder of readdirSync(dir)) {
    if (folder.startsWith('astro@')) continue;
    const place = join(dir, folder);
    removeFrom(join(place, 'node_modules'));
    if (folder.startsWith('better-sqlite3@')) leaveOutOfDatabase(placeOf(place, 'better-sqlite3'));
  }
}

function leaveOutOfDatabase(place) {
  rmSync(join(place, 'deps'), { recursive: true, force: true });
  const programs = join(place, 'prebuilds');
  for (const name of existsSync(programs) ? readdirSync(programs) : [])
    if (!name.startsWith(process.platform) || !name.endsWith(`-${process.arch}.node`))
      unlinkSync(join(programs, name));
}

/** Links lead to other packages, each of which has its turn. */
function removeFrom(dir) {
  let entries;
  try {
    entries = readdirSync(dir, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) removeFrom(path);
    else if (entry.isFile() && NEEDLESS.test(entry.name)) unlinkSync(path);
  }
}
