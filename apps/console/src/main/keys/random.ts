/** `count` different numbers below `n`, at most 256, each set as likely, in rising order. */
export function randomIndexes(n: number, count: number): number[] {
  const chosen = new Set<number>();
  const most = 256 - (256 % n);
  while (chosen.size < Math.min(count, n)) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < most) chosen.add(byte % n);
  }
  return [...chosen].sort((a, b) => a - b);
}
