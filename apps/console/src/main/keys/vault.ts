import { join } from 'node:path';
import { safeStorage } from 'electron';
import type { Waits } from '@elekto/custody/ceremony';
import { z } from 'zod';
import { JsonFile } from '../json-file.ts';
import { canRememberTokens } from '../token-store.ts';
import type { WaitsShelf } from './ceremony-view.ts';
import type { KeptKey, Shelf, Vault } from './officer-keys.ts';

/** The system's keyring. Where any program of this user could read what is sealed, nothing is. */
export function systemVault(platform: NodeJS.Platform = process.platform): Vault {
  return {
    remembers: canRememberTokens(platform),
    seal: (text) => safeStorage.encryptString(text).toString('base64'),
    open: (sealed) => {
      try {
        return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
      } catch {
        return null;
      }
    },
  };
}

const kept = z.array(
  z.object({ login: z.string(), sign: z.string(), receive: z.string(), sealed: z.string() }),
);

/** The sealed keys in a file of the app. */
export const shelfIn = (folder: string): Shelf =>
  new JsonFile<readonly KeptKey[]>(join(folder, 'officer-keys.json'), kept, []);

const waits = z.record(z.string(), z.record(z.string(), z.array(z.number()).min(1).max(2)));

/** Since when this computer waits for whom, in a file of the app. */
export const waitsIn = (folder: string): WaitsShelf =>
  new JsonFile<Waits>(join(folder, 'ceremony-waits.json'), waits, {});
