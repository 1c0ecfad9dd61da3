import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { keepNewest, newestSlot, removeParts, slotFile, slotOf } from '../src/slots.ts';

const HOUR = 3_600_000;
const at = Date.parse('2027-01-15T17:31:09.123Z');

it('names a backup by the slot of the clock, whenever in it it is made', () => {
  const files = [0, 1, 25 * 60_000].map((later) => slotFile('/b', 'sqlite', slotOf(at + later, 6 * HOUR)));
  expect(new Set(files)).toEqual(new Set([join('/b', 'elekto-20270115T120000Z.db.age')]));
  expect(slotFile('/b', 'postgresql', slotOf(at, 24 * HOUR))).toBe(
    join('/b', 'elekto-20270115T000000Z.dump.age'),
  );
});

it('keeps the newest, and leaves alone what it has not made', () => {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-slots-'));
  const slots = [0, 1, 2, 3, 4].map((n) => slotOf(at, HOUR) - n * HOUR);
  for (const slot of slots) writeFileSync(slotFile(dir, 'sqlite', slot), '');
  for (const other of ['elekto.db', 'notes.txt', 'elekto-20000101T000000Z.keys.age'])
    writeFileSync(join(dir, other), '');
  keepNewest(dir, 2);
  expect(
    readdirSync(dir)
      .filter((name) => name.endsWith('.db.age'))
      .map((name) => join(dir, name))
      .sort(),
  ).toEqual(
    slots
      .slice(0, 2)
      .map((slot) => slotFile(dir, 'sqlite', slot))
      .sort(),
  );
  expect(readdirSync(dir)).toHaveLength(5);
  expect(newestSlot(dir)).toBe(slots[0]);
  expect(newestSlot(dir, (slots[0] ?? 0) - 1)).toBe(slots[1]);
});

it('parts of backups that were cut off go when nobody can be writing to them any more', () => {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-slots-'));
  const part = `${slotFile(dir, 'sqlite', slotOf(at, HOUR))}.00ff00ff00ff.partial`;
  const others = ['elekto.keys.age', 'elekto.db.partial', 'mine.age.00.partial'];
  for (const path of [part, ...others.map((name) => join(dir, name))]) {
    writeFileSync(path, '');
    utimesSync(path, 1, 1);
  }
  writeFileSync(join(dir, 'elekto.keys.age.aa.partial'), '');
  removeParts(dir, HOUR);
  expect(readdirSync(dir).sort()).toEqual([...others, 'elekto.keys.age.aa.partial'].sort());
});
