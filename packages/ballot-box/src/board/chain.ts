import type { KeptFile } from './kept-files.ts';

/** The files of a board as they follow on each other; what follows on nothing is left out. */
export interface Chain {
  readonly box: KeptFile | null;
  /** In their order. */
  readonly mixes: readonly KeptFile[];
  /** By the officers' positions. */
  readonly decryptions: readonly KeptFile[];
  readonly ties: readonly KeptFile[];
  readonly voids: readonly KeptFile[];
}

export function chainOf(files: readonly KeptFile[]): Chain {
  const of = (kind: KeptFile['kind']): KeptFile[] =>
    files.filter((file) => file.kind === kind).toSorted((a, b) => a.seq - b.seq || a.officer - b.officer);
  const box = of('box')[0] ?? null;
  const mixes: KeptFile[] = [];
  let head = box?.hash ?? '';
  for (const mix of of('mix')) {
    if (mix.seq !== mixes.length + 1 || mix.previous !== head) break;
    mixes.push(mix);
    head = mix.hash;
  }
  const next = mixes.length + 1;
  const onHead = ({ previous, seq }: KeptFile, least: number): boolean => previous === head && seq >= least;
  return {
    box,
    mixes,
    decryptions: box === null ? [] : of('decrypt').filter((file) => onHead(file, next)),
    ties: box === null ? [] : of('tie').filter((file) => onHead(file, next + 1)),
    voids: of('void'),
  };
}
