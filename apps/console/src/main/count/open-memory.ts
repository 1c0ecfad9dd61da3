import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { accept, type Result } from '@elekto/custody';
import { OfficerMemory } from '@elekto/officer';
import type { Profile } from '../settings.ts';

/**
 * What this computer remembers of boxes and branches: one memory beside the keys, whichever servers were added, removed and added again.
 * Only where the elections are belongs to a server, by its address. What earlier versions remembered for each added server is
 * taken into it at each opening. Refuses as OfficerMemory does.
 *
 * @param folder where the app keeps its files.
 */
export async function openMemory(
  folder: string,
  address: string,
  profiles: readonly Pick<Profile, 'id' | 'url'>[],
): Promise<Result<OfficerMemory>> {
  const memory = await OfficerMemory.open(join(folder, 'officer-memory.json'), address);
  if (!memory.ok) return memory;
  const before = (await foldersIn(join(folder, 'counts'))).map((id) => ({
    file: join(folder, 'counts', id, 'memory.json'),
    server: profiles.find((profile) => profile.id === id)?.url ?? null,
  }));
  const taken = await memory.value.takeIn(before);
  return taken.ok ? accept(memory.value) : taken;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
