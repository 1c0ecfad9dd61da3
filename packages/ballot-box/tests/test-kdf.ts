import type { KdfParameters } from '@elekto/wire';

/** Weak on purpose and numbered out of the production table: the suites stretch hundreds of passphrases. */
export const TEST_KDF: KdfParameters = {
  id: 200,
  algorithm: 'argon2id',
  memoryKiB: 32,
  iterations: 1,
  parallelism: 1,
};
