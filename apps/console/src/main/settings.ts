import { join } from 'node:path';
import { z } from 'zod';
import { JsonFile } from './json-file.ts';

const profileSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().max(300),
  url: z.string().max(300),
  login: z.string().max(100).nullable(),
});

const settingsSchema = z.object({
  profiles: z.array(profileSchema).max(50),
  active: z.string().nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  zoom: z.number().min(0.5).max(3),
  window: z
    .object({
      x: z.int(),
      y: z.int(),
      width: z.int().min(400),
      height: z.int().min(300),
      maximized: z.boolean(),
    })
    .nullable(),
});

export type Settings = z.infer<typeof settingsSchema>;
export type Profile = Settings['profiles'][number];

export const DEFAULT_SETTINGS: Settings = {
  profiles: [],
  active: null,
  theme: 'system',
  zoom: 1,
  window: null,
};

/** Everything the app remembers, except tokens. */
export class SettingsStore {
  readonly #file: JsonFile<Settings>;

  constructor(folder: string) {
    this.#file = new JsonFile(join(folder, 'settings.json'), settingsSchema, DEFAULT_SETTINGS);
  }

  get(): Settings {
    return this.#file.get();
  }

  change(part: Partial<Settings>): Promise<void> {
    return this.#file.set({ ...this.#file.get(), ...part });
  }
}
