import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Records } from './records.ts';

const LENGTH = 40;

/** A record whose handle stands behind the number of its suite. */
function recordOf(handle: number): Buffer {
  const record = Buffer.alloc(LENGTH, handle % 251);
  record.fill(0, 1, 17);
  record.writeUInt32BE(handle, 1);
  return record;
}
const handleOf = (handle: number): Uint8Array => recordOf(handle).subarray(1, 17);

/** The bytes of a shard as docs/wire-format.md has them. */
function layout(records: readonly Buffer[]): Buffer {
  const slots = Math.max(64, Math.ceil(records.length / 64) * 64);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(records.length, 0);
  head.writeUInt32BE(LENGTH, 4);
  const sorted = records.toSorted(Buffer.compare);
  return Buffer.concat([head, ...sorted, Buffer.alloc((slots - records.length) * LENGTH)]);
}

describe('the records of a shard', () => {
  it('are the same bytes whatever came and went, and in whatever order', () => {
    const step = fc.record({ handle: fc.nat(150), comes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), (steps) => {
        const records = Records.of([], LENGTH);
        const there = new Map<number, Buffer>();
        for (const { handle, comes } of steps) {
          expect(records.find(handleOf(handle))).toEqual(there.get(handle) ?? null);
          if (!comes) {
            records.remove(handleOf(handle));
            there.delete(handle);
          } else if (!there.has(handle)) {
            records.add(recordOf(handle));
            there.set(handle, recordOf(handle));
          }
        }
        const bytes = layout([...there.values()]);
        expect(records.count).toBe(there.size);
        expect(records.padded().equals(bytes)).toBe(true);
        expect(Records.read(Buffer.from(bytes), LENGTH)?.padded().equals(bytes)).toBe(true);
        expect([...records]).toEqual([...there].toSorted(([a], [b]) => a - b).map(([, record]) => record));
      }),
    );
  });

  it('are not read of another length, nor where the bytes end before them', () => {
    const bytes = layout([recordOf(1), recordOf(2)]);
    expect(Records.read(Buffer.from(bytes), LENGTH + 1)).toBeNull();
    expect(Records.read(bytes.subarray(0, 8 + 2 * LENGTH - 1), LENGTH)).toBeNull();
    expect(Records.read(bytes.subarray(0, 7), LENGTH)).toBeNull();
    expect(() => Records.of([recordOf(1).subarray(1)], LENGTH)).toThrow('another length');
  });

  it('leave nothing behind when they are wiped', () => {
    const bytes = layout([recordOf(7), recordOf(8)]);
    Records.read(bytes, LENGTH)?.wipe();
    expect(bytes.subarray(8).every((byte) => byte === 0)).toBe(true);
  });

  it('have no record of a handle that is too short', () => {
    const records = Records.of([recordOf(0)], LENGTH);
    expect(records.find(Buffer.alloc(0))).toBeNull();
    expect(records.find(Buffer.alloc(15))).toBeNull();
  });
});
