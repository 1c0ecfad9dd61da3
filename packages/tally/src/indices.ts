const known: number[] = [];

/** 0 to size - 1, in a list of its own. Asked for in the inner loops of a count, so it is copied and not made anew. */
export function indices(size: number): number[] {
  while (known.length < size) known.push(known.length);
  return known.slice(0, size);
}
