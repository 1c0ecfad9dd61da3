import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName, inReadingOrder, readFileName } from './file-name.ts';

describe('the name of a file of the board', () => {
  it('says its place, its kind and, where several stand in one place, the officer', () => {
    expect(fileName({ kind: 'box', seq: 0, officer: 0 })).toBe('00-box.bin');
    expect(fileName({ kind: 'mix', seq: 2, officer: 3 })).toBe('02-mix.bin');
    expect(fileName({ kind: 'decrypt', seq: 4, officer: 11 })).toBe('04-decrypt-11.bin');
    expect(fileName({ kind: 'tie', seq: 105, officer: 2 })).toBe('105-tie-02.bin');
    expect(fileName({ kind: 'void', seq: 0, officer: 2 })).toBe('00-void-02.bin');
  });

  it('is read back, and no other name is one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('box' as const, 'mix' as const, 'decrypt' as const, 'tie' as const, 'void' as const),
        fc.nat(200),
        fc.nat(70),
        (kind, seq, officer) => {
          const read = readFileName(fileName({ kind, seq, officer }));
          const named = kind === 'box' || kind === 'mix' ? null : officer;
          expect(read).toEqual({ kind, seq, officer: named });
        },
      ),
    );
    for (const name of [
      ...['0-box.bin', '000-box.bin', '00-box-01.bin', '01-mix-02.bin', '03-decrypt.bin', '03-decrypt-1.bin'],
      ...[
        '03-decrypt-001.bin',
        '../00-box.bin',
        '00-box.bin.txt',
        '00-other.bin',
        '',
        '00-BOX.bin',
        ' 00-box.bin',
      ],
    ])
      expect(readFileName(name), name).toBeNull();
  });

  it('puts a folder into the order in which it is read, and leaves other files out', () => {
    const ordered = [
      ...['00-void-02.bin', '00-box.bin', '01-mix.bin', '02-mix.bin', '10-mix.bin', '11-decrypt-02.bin'],
      ...['11-decrypt-10.bin', '12-tie-01.bin', '100-tie-01.bin'],
    ];
    expect(inReadingOrder([...ordered.toReversed(), 'results.json', '1-mix.bin', '01-mix.bin'])).toEqual(
      ordered,
    );
  });
});
