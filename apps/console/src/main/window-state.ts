/** Where the window was, put back where it can be seen. */
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import type { Settings, SettingsStore } from './settings.ts';

const DEFAULT_SIZE = { width: 1280, height: 860 };

/** The stored place when enough of it lies on a screen of now, else only its size. */
export function placeWindow(stored: Settings['window'], screens: readonly Rectangle[]): Partial<Rectangle> {
  if (stored === null) return DEFAULT_SIZE;
  const { x, y, width, height } = stored;
  const visible = screens.some(
    (area) =>
      Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= 100 &&
      Math.min(y + height, area.y + area.height) - Math.max(y, area.y) >= 100,
  );
  return visible ? { x, y, width, height } : { width, height };
}

export function storedPlace(settings: SettingsStore): Partial<Rectangle> {
  return placeWindow(
    settings.get().window,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
}

/** Remembers place and size when the window closes. */
export function rememberPlace(window: BrowserWindow, settings: SettingsStore): void {
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds();
    void settings.change({ window: { x, y, width, height, maximized: window.isMaximized() } });
  });
}
