import type { Theme } from '../../shared/bridge.ts';

const KEY = 'elekto-console-theme';

/** The browser's side of the theme: an attribute that the tokens follow, remembered where that is allowed. */
export const webTheme = {
  get: async (): Promise<Theme> => {
    const stored = read();
    apply(stored);
    return stored;
  },
  set: async (theme: Theme): Promise<void> => {
    apply(theme);
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // Storage is switched off: the choice lasts as long as the page.
    }
  },
};

function read(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
