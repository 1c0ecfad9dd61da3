/**
 * Backups that are made by themselves are named by the clock alone: the day is cut into slots, and each slot has one
 * backup, whatever happens in it. Nothing that somebody does makes one more, or one earlier.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { Dialect } from '@elekto/db/kind';

import { BackupError, codeOf } from './backup-error.ts';
import { ENDINGS } from './copy-database.ts';

/** The beginning of the slot of `every` ms that `at` lies in, both ms since 1970: days begin in UTC. */
export const slotOf = (at: number, every: number): number => Math.floor(at / every) * every;

/** `20270115T031500Z`. */
export const stampOf = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

export const slotFile = (dir: string, kind: Dialect, slot: number): string =>
  join(dir, `elekto-${stampOf(slot)}.${ENDINGS[kind]}.age`);

const NAME = /^elekto-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.(db|dump|sql)\.age$/;

interface Slot {
  readonly name: string;
  /** The slot's beginning, ms. */
  readonly at: number;
}

function slotsIn(dir: string): Slot[] {
  try {
    return readdirSync(dir)
      .flatMap((name) => {
        const [, y, mo, d, h, mi, s] = NAME.exec(name) ?? [];
        return y === undefined ? [] : [{ name, at: Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`) }];
      })
      .sort((a, b) => a.at - b.at);
  } catch (error) {
    throw new BackupError(`${dir} cannot be read (${codeOf(error)})`);
  }
}

/** The slot of the newest backup in the directory, ms; null when there is none. @throws BackupError */
export const newestSlot = (dir: string, until = Infinity): number | null =>
  slotsIn(dir).findLast(({ at }) => at <= until)?.at ?? null;

/** Deletes all but the newest `keep`, and nothing else that lies there. */
export function keepNewest(dir: string, keep: number): void {
  for (const { name } of slotsIn(dir).slice(0, -keep)) rmSync(join(dir, name), { force: true });
}

const PART = /^elekto[-.].*\.age\.[0-9a-f]+\.partial$/;

/** Deletes what backups have left that were cut off with their server: parts that nobody has written to for `age` ms. */
export function removeParts(dir: string, age: number): void {
  try {
    for (const name of readdirSync(dir).filter((each) => PART.test(each))) {
      const stats = statSync(join(dir, name), { throwIfNoEntry: false });
      if (stats !== undefined && Date.now() - stats.mtimeMs > age) rmSync(join(dir, name), { force: true });
    }
  } catch (error) {
    throw new BackupError(`${dir} cannot be tidied up (${codeOf(error)})`);
  }
}
