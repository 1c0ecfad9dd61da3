/** What may be told of the server's own work. Requests of people are not in the list, and must not be. */

/** Everything that may ever be a span. */
export type SpanName = 'start' | 'upkeep' | 'read the repository' | 'count elections' | 'build the pages';

/** Runs `work` as a span. `onlyWithParts`: nothing is told of it when it held no other span. */
export type Trace = <T>(
  name: SpanName,
  work: () => Promise<T>,
  options?: { readonly onlyWithParts?: boolean },
) => Promise<T>;

/** For a server that tells nobody. */
export const untraced: Trace = (_name, work) => work();
