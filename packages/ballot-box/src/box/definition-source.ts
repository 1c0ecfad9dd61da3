import type { Instant } from '@elekto/election';

/** Where a definition comes from. */
export interface DefinitionSource {
  /** The meta repository's commit. */
  readonly commit: string;
  /**
   * The database's time at which the fetch that produced the definition began. A definition of an older
   * fetch, of a server that lags or of a recalled copy (0) never undoes a newer one.
   */
  readonly fetchedFrom: Instant;
}
