import { app, clipboard, nativeTheme } from 'electron';
import { z } from 'zod';
import { CHANNELS } from '../../shared/channels.ts';
import { openExternal } from '../external.ts';
import type { SettingsStore } from '../settings.ts';
import { handle } from './handle.ts';

const nothing = z.tuple([]);

/** Versions and platform; nothing that names a person. */
export function about(): Readonly<Record<string, string>> {
  return {
    host: 'desktop',
    version: app.getVersion(),
    platform: `${process.platform} ${process.arch}`,
    electron: process.versions.electron ?? 'none',
    chromium: process.versions['chrome'] ?? 'none',
  };
}

export function handleSystem(settings: SettingsStore): void {
  handle(CHANNELS.openExternal, z.tuple([z.url({ protocol: /^https$/ }).max(20_000)]), ([url]) =>
    openExternal(url),
  );
  handle(CHANNELS.copyText, z.tuple([z.string().max(5_000_000)]), ([text]) => clipboard.writeText(text));
  handle(CHANNELS.about, nothing, about);
  handle(CHANNELS.getTheme, nothing, () => settings.get().theme);
  handle(CHANNELS.setTheme, z.tuple([z.enum(['system', 'light', 'dark'])]), async ([theme]) => {
    nativeTheme.themeSource = theme;
    await settings.change({ theme });
  });
}
