import type { Draft, FileKind } from './file.ts';

/** What a name tells of a file of the board. */
export interface Named extends Pick<Draft, 'kind' | 'seq'> {
  /** Position of the officer; null where the place in the chain alone names the file (box and mixes). */
  readonly officer: number | null;
}

const two = (number: number): string => String(number).padStart(2, '0');
const BY_PLACE: ReadonlySet<FileKind> = new Set(['box', 'mix']);

/**
 * The name of a file of the board in every folder and address: `00-box.bin`, `01-mix.bin`, `04-decrypt-02.bin` (officer 2),
 * `05-tie-02.bin`, `00-void-02.bin`. The one home of these names.
 */
export const fileName = ({ kind, seq, officer }: Pick<Draft, 'kind' | 'seq' | 'officer'>): string =>
  BY_PLACE.has(kind) ? `${two(seq)}-${kind}.bin` : `${two(seq)}-${kind}-${two(officer)}.bin`;

const NAME = /^(\d{2,9})-(box|mix|decrypt|tie|void)(?:-(\d{2,9}))?\.bin$/;

/** What a name tells; null for every name that `fileName` does not give. */
export function readFileName(name: string): Named | null {
  const [, seq, kind, officer] = NAME.exec(name) ?? [];
  if (seq === undefined) return null;
  const named = {
    kind: kind as FileKind,
    seq: Number(seq),
    officer: officer === undefined ? null : Number(officer),
  };
  const again = fileName({ ...named, officer: named.officer ?? 0 });
  return again === name ? named : null;
}

const ORDER: readonly FileKind[] = ['void', 'box', 'mix', 'decrypt', 'tie'];

/** The files of a board in the order in which they are read, by their names; other names are left out. */
export function inReadingOrder(names: Iterable<string>): string[] {
  const known = [...new Set(names)].flatMap((name) => {
    const named = readFileName(name);
    return named === null ? [] : [{ name, ...named }];
  });
  return known
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.seq - b.seq || (a.officer ?? 0) - (b.officer ?? 0),
    )
    .map(({ name }) => name);
}
