/** A file that says which process is at work on another one, and that outlives that process by nothing but its own name. */
import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

/** What this process holds or is about to. A lock that names this process and is none of them was left by one of the same number. */
const own = new Set<string>();

/** A lock that is held. */
export interface Held {
  /** Takes it away; one that is not this very one stays. */
  release(): Promise<void>;
}

/**
 * Takes the lock, also from a process of this computer that died: what it was at work on is then as it left it.
 *
 * Returns the number of the process that has it, where one may be alive, `''` for one that is not told.
 */
export async function takeLock(lock: string): Promise<Held | string> {
  const holder = await read(lock);
  if (holder !== null && !isGone(holder)) return numberOf(holder);
  const token = randomBytes(8).toString('hex');
  const text = `${process.pid} ${hostname()} ${token}\n`;
  // Made whole before it has its place, so that no lock is ever read half.
  const mine = `${lock}.${token}`;
  await mkdir(dirname(lock), { recursive: true, mode: 0o700 });
  own.add(text);
  let isHeld = false;
  try {
    await writeFile(mine, text, { flag: 'wx', mode: 0o600 });
    if (holder !== null) await takeAway(lock, holder, mine);
    isHeld = await put(mine, lock);
  } finally {
    await rm(mine, { force: true });
    if (!isHeld) own.delete(text);
  }
  if (!isHeld) return numberOf((await read(lock)) ?? '');
  return {
    release: async () => {
      if ((await read(lock)) === text) await rm(lock, { force: true });
      own.delete(text);
    },
  };
}

/**
 * Takes away the file of a process that died, and no other one that has its place by now. Whoever does holds a second file meanwhile,
 * which is named after the first one's token: no two do at once, and one who is late finds another token. That of one who died doing so
 * is taken away in the same way.
 */
async function takeAway(file: string, holder: string, mine: string): Promise<void> {
  const second = `${file}.${parsed(holder)?.token ?? ''}`;
  if (await put(mine, second)) {
    if ((await read(file)) === holder) await rm(file, { force: true });
    await rm(second, { force: true });
    return;
  }
  const other = await read(second);
  if (other !== null && isGone(other)) await takeAway(second, other, mine);
}

/** Gives the file a second place; false where that is taken. */
async function put(file: string, place: string): Promise<boolean> {
  try {
    await link(file, place).catch((error: unknown) => {
      if (isFault(error, 'EEXIST')) throw error;
      // A disk that gives no file two names.
      return copyFile(file, place, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (isFault(error, 'EEXIST')) return false;
    throw error;
  }
}

const isFault = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** What a lock says; null where there is none, nothing where it cannot be read. */
const read = (lock: string): Promise<string | null> =>
  readFile(lock, 'utf8').catch((error: unknown) => (isFault(error, 'ENOENT') ? null : ''));

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

function parsed(text: string): Holder | null {
  const [, pid = '', host = '', token = ''] = /^([1-9]\d{0,9}) (\S+)(?: ([0-9a-f]{16}))?\n$/.exec(text) ?? [];
  return pid === '' ? null : { pid: Number(pid), host, token };
}

const numberOf = (text: string): string => `${parsed(text)?.pid ?? ''}`;

/** Whether a lock is one of this computer whose process runs no more. */
function isGone(text: string): boolean {
  const holder = parsed(text);
  if (holder === null || holder.host !== hostname()) return false;
  if (holder.pid === process.pid) return !own.has(text);
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return isFault(error, 'ESRCH');
  }
}
