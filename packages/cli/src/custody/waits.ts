import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import type { Waits } from '@elekto/custody/ceremony';
import { z } from 'zod';

const shape = z.record(z.string(), z.record(z.string(), z.array(z.number()).min(1).max(2)));

/** Since when this computer has waited in each ceremony: in a file beside its sign-in. */
export interface WaitsFile {
  read(): Waits;
  /** Where it cannot be written, the wait begins anew with the next look: that is no reason to fail. */
  keep(waits: Waits): void;
}

export function waitsFile(tokenFile: string): WaitsFile {
  const path = `${tokenFile}.waits.json`;
  return {
    read: () => {
      try {
        return shape.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? {};
      } catch {
        return {};
      }
    },
    keep: (waits) => {
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        writeFileSync(`${path}.new`, `${JSON.stringify(waits, null, 2)}\n`, { mode: 0o600 });
        renameSync(`${path}.new`, path);
      } catch {
        return;
      }
    },
  };
}
