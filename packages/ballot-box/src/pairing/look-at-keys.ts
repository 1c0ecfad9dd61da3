import type { Database } from '@elekto/db';
import { keysToLook } from '../keys/key-store.ts';
import type { KeyStore } from '../keys/key-store.ts';
import { pairingProblem } from './open-keys-for.ts';

/**
 * The keys of a migrated database for who only looks: nothing is made, written or destroyed with them, neither in the
 * secrets directory nor in the database. What a server would refuse is refused.
 *
 * @throws KeysError with one line for the operator.
 */
export async function lookAtKeys(db: Database, dir: string): Promise<KeyStore> {
  const keys = keysToLook(dir);
  const problem = await pairingProblem(db, dir, keys, null);
  if (problem !== null) throw problem;
  return keys;
}
