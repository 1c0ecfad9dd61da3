import type { PreparedElection } from './prepared.ts';

/** What `make` makes of an election, made once for as long as the election is the same object: from build to build, where nothing in it changes. */
export function keptBy<T>(make: (election: PreparedElection) => T): (election: PreparedElection) => T {
  const kept = new WeakMap<PreparedElection, { readonly made: T }>();
  return (election) => {
    let known = kept.get(election);
    if (known === undefined) kept.set(election, (known = { made: make(election) }));
    return known.made;
  };
}
