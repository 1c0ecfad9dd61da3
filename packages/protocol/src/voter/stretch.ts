import { argon2id } from 'hash-wasm';
import type { KdfParameters } from '@elekto/wire';

/** The work of stretching a passphrase, as it is handed to the worker. */
export interface StretchJob {
  readonly passphrase: string;
  readonly salt: Uint8Array;
  readonly kdf: KdfParameters;
}

/** Argon2id (RFC 9106) with 64 bytes of output: the auth key and the key of the seed. */
export const stretch = (job: StretchJob): Promise<Uint8Array> =>
  argon2id({
    password: job.passphrase,
    salt: job.salt,
    memorySize: job.kdf.memoryKiB,
    iterations: job.kdf.iterations,
    parallelism: job.kdf.parallelism,
    hashLength: 64,
    outputType: 'binary',
  });

/** One pass over a sixteenth of the memory, to foresee how long the real one will take on this device; in ms. */
export async function foreseeStretch(kdf: KdfParameters): Promise<number> {
  const memoryKiB = Math.max(64, Math.floor(kdf.memoryKiB / 16));
  const before = performance.now();
  await stretch({
    passphrase: 'rehearsal',
    salt: new Uint8Array(16),
    kdf: { ...kdf, memoryKiB, iterations: 1 },
  });
  return ((performance.now() - before) * kdf.memoryKiB * kdf.iterations) / memoryKiB;
}
