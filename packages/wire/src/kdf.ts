/** One way of stretching a passphrase. Numbers are permanent; a stronger one gets a new number. */
export interface KdfParameters {
  readonly id: number;
  readonly algorithm: 'argon2id';
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** 64 MiB, three passes: about a quarter of a second on a laptop, for every single guess. */
export const KDF: KdfParameters = {
  id: 1,
  algorithm: 'argon2id',
  memoryKiB: 65_536,
  iterations: 3,
  parallelism: 1,
};

/** The table both sides know. The browser never uses parameters that a server merely sends. */
export const KDFS: readonly KdfParameters[] = [KDF];
