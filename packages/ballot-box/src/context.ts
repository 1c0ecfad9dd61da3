import type { Database, EntityManager } from '@elekto/db';
import type { Instant } from '@elekto/election';
import type { KeyStore } from './keys/key-store.ts';
import type { KdfParameters } from '@elekto/wire';

/** What every operation of the ballot box works with. */
export interface Context {
  readonly db: Database;
  readonly keys: KeyStore;
  readonly now: (em: EntityManager) => Promise<Instant>;
  /** The stretching offered to browsers. */
  readonly kdf: KdfParameters;
}
