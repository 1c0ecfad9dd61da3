import { join } from 'node:path';
import { safeStorage } from 'electron';
import { z } from 'zod';
import { JsonFile } from './json-file.ts';

/** Backends of safeStorage that would leave the token readable by any program of this user. */
const PLAIN = new Set(['basic_text', 'unknown']);

/** True where the system keeps a key for us: a keychain, DPAPI, a secret service or KWallet. */
export function canRememberTokens(platform: NodeJS.Platform): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return platform !== 'linux' || !PLAIN.has(safeStorage.getSelectedStorageBackend());
}

/** Tokens by profile. On disk only as the system encrypts them; in memory alone where it cannot. */
export class TokenStore {
  readonly remembers: boolean;
  readonly #memory = new Map<string, string>();
  readonly #file: JsonFile<Record<string, string>> | null;

  constructor(folder: string, platform: NodeJS.Platform = process.platform) {
    this.remembers = canRememberTokens(platform);
    this.#file = this.remembers
      ? new JsonFile(join(folder, 'tokens.json'), z.record(z.string(), z.string()), {})
      : null;
  }

  get(profile: string): string | null {
    const held = this.#memory.get(profile);
    if (held !== undefined) return held;
    const sealed = this.#file?.get()[profile];
    if (sealed === undefined) return null;
    try {
      return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
    } catch {
      // Sealed by another user or machine: as good as signed out.
      return null;
    }
  }

  async set(profile: string, token: string): Promise<void> {
    this.#memory.set(profile, token);
    if (this.#file === null) return;
    const sealed = safeStorage.encryptString(token).toString('base64');
    await this.#file.set({ ...this.#file.get(), [profile]: sealed });
  }

  async remove(profile: string): Promise<void> {
    this.#memory.delete(profile);
    if (this.#file === null) return;
    const { [profile]: _gone, ...rest } = this.#file.get();
    await this.#file.set(rest);
  }
}
