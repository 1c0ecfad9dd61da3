import type { Database, EntityManager } from '@elekto/db';
import type { Instant } from '@elekto/election';
import type { ManifestV2 } from '@elekto/protocol/manifest';
import type { KeyStore } from './keys/key-store.ts';
import type { KdfParameters } from '@elekto/wire';

/** What every operation of the ballot box works with. */
export interface Context {
  readonly db: Database;
  readonly keys: KeyStore;
  readonly now: (em: EntityManager) => Promise<Instant>;
  /** Why the time of that clock is not to be believed; null when it is. Asked before what cannot be undone. */
  readonly doubt: (at: Instant) => Promise<string | null>;
  /** What manifests say that the box is for. */
  readonly kind: ManifestV2['kind'];
  /** The stretching offered to browsers. */
  readonly kdf: KdfParameters;
}
