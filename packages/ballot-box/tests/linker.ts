/** What is known of one voter or one ballot: numbers to compare or to sort by, and bytes to find in each other. */
export interface Evidence {
  readonly name: string;
  readonly facets: Readonly<Record<string, number>>;
  readonly bytes?: readonly Uint8Array[];
}

const names = (side: readonly Evidence[]): string[] => [
  ...new Set(side.flatMap((each) => Object.keys(each.facets))),
];

/**
 * The number of voters that the best of all simple attacks links to the right ballot: equal values of any
 * facet with any other, order by any facet against order by any other (forwards and backwards), and any
 * four bytes of one side that stand in the other. The attacker is told which attack was the best one,
 * which is more than a real one knows.
 */
export function bestLinking(
  voters: readonly Evidence[],
  ballots: readonly Evidence[],
  truth: ReadonlyMap<string, string>,
): number {
  let best = 0;
  const score = (pairs: Iterable<readonly [string, string]>): void => {
    let right = 0;
    for (const [voter, ballot] of pairs) if (truth.get(voter) === ballot) right += 1;
    best = Math.max(best, right);
  };
  for (const a of names(voters)) {
    for (const b of names(ballots)) {
      score(equal(voters, a, ballots, b));
      const left = ordered(voters, a);
      const right = ordered(ballots, b);
      score(left.map((voter, index) => [voter, right[index] ?? ''] as const));
      score(left.map((voter, index) => [voter, right[right.length - 1 - index] ?? ''] as const));
    }
  }
  score(sharing(voters, ballots));
  return best;
}

/** Pairs of a voter and the one ballot with the same value. */
function* equal(
  voters: readonly Evidence[],
  a: string,
  ballots: readonly Evidence[],
  b: string,
): Generator<readonly [string, string]> {
  for (const voter of voters) {
    const same = ballots.filter(
      (ballot) => ballot.facets[b] !== undefined && ballot.facets[b] === voter.facets[a],
    );
    if (same.length === 1) yield [voter.name, same[0]?.name ?? ''];
  }
}

const ordered = (side: readonly Evidence[], facet: string): string[] =>
  side
    .filter((each) => each.facets[facet] !== undefined)
    .toSorted((x, y) => (x.facets[facet] ?? 0) - (y.facets[facet] ?? 0))
    .map((each) => each.name);

/** Pairs of a voter and a ballot that have four bytes in common. */
function* sharing(
  voters: readonly Evidence[],
  ballots: readonly Evidence[],
): Generator<readonly [string, string]> {
  const windows = (bytes: Uint8Array): string[] =>
    Array.from({ length: Math.max(0, bytes.length - 3) }, (_, at) =>
      Buffer.from(bytes.subarray(at, at + 4)).toString('hex'),
    );
  const found = new Map<string, string>();
  for (const ballot of ballots)
    for (const part of ballot.bytes ?? []) for (const w of windows(part)) found.set(w, ballot.name);
  for (const voter of voters) {
    for (const part of voter.bytes ?? []) {
      for (const w of windows(part)) {
        const ballot = found.get(w);
        if (ballot !== undefined) yield [voter.name, ballot];
      }
    }
  }
}
