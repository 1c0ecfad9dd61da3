/** What was asked for on the command line: a word that nobody knows must not measure nothing and end well. */

/** `given` as `known` writes it, whatever its capitals; null for nothing given. Throws a sentence for a word not known. */
export function oneOf<T extends string>(
  flag: string,
  given: string | undefined,
  known: readonly T[],
): T | null {
  if (given === undefined) return null;
  const found = known.find((one) => one.toLowerCase() === given.toLowerCase());
  if (found === undefined) throw new Error(`--${flag} ${given}: known are ${known.join(', ')}`);
  return found;
}

/** `given` as a whole number within limits. Throws a sentence for anything else. */
export function wholeNumber(flag: string, given: string, [least, most]: readonly [number, number]): number {
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= least && value <= most) return value;
  throw new Error(`--${flag} ${given}: a whole number from ${least} to ${most} is needed`);
}

/** What `read` returns; its error as one line, and the end of the program, as by any tool that is asked wrongly. */
export function asked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}
