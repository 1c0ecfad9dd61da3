/** An order of chance that is always the same for one seed: FNV-1a over the id, then one mixing step. */
export function chanceOf(seed: string, id: string): number {
  let h = 2166136261;
  for (const c of seed + id) h = Math.imul(h ^ c.codePointAt(0)!, 16777619);
  h = Math.imul(h ^ (h >>> 15), 2246822507);
  return (h ^ (h >>> 13)) >>> 0;
}

/** This visitor's seed, made at the first visit; the election page and the ballot share it. */
export function visitorSeed(): string {
  return (localStorage.seed ||= Math.random().toString(36).slice(2));
}

/** The order in which this visitor sees the candidates of an election, on its page and in the list to rank. */
export function visitorOrder(ids: readonly string[], key: string): string[] {
  let seed = key;
  try {
    seed = visitorSeed() + key;
  } catch {
    // Without storage everybody sees one order.
  }
  return [...ids].sort((a, b) => chanceOf(seed, a) - chanceOf(seed, b));
}
