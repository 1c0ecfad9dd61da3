import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

import { electronPitfalls } from './electron-pitfalls.js';

const linter = new Linter();
const config = {
  files: ['**/*.{ts,tsx}'],
  languageOptions: {
    parser: tseslint.parser as Linter.Parser,
    parserOptions: { ecmaFeatures: { jsx: true } },
  },
  plugins: { elekto: { rules: { 'electron-pitfalls': electronPitfalls } } },
  rules: { 'elekto/electron-pitfalls': 'error' },
} as const;
const said = (code: string, file: string): string[] =>
  linter
    .verify(code, [config] as unknown as Linter.Config[], `apps/console/src/${file}`)
    .map(({ message }) => message);

const source = readFileSync(join(import.meta.dirname, '../../apps/console/src/main/window.ts'), 'utf8');

describe('pitfalls of Electron in the source', () => {
  it('the window as it is has none', () => {
    expect(said(source, 'main/window.ts')).toEqual([]);
  });

  it.each([
    ['sandbox: true', 'sandbox: false'],
    ['contextIsolation: true,', ''],
    ['webSecurity: true', 'webSecurity: !development'],
    ["disableBlinkFeatures: 'Auxclick'", "disableBlinkFeatures: ''"],
    ['webviewTag: false', 'webviewTag: true'],
  ])('a window with %s made %j is found', (safe, other) => {
    expect(source).toContain(safe);
    expect(said(source.replace(safe, other), 'main/window.ts')).toEqual([
      expect.stringMatching(new RegExp(`^A window says ${/\w+/.exec(safe)?.[0]}: `)),
    ]);
  });

  it('a window made elsewhere, or with preferences from elsewhere, is found', () => {
    expect(said(source, 'main/tray.ts').join()).toContain('Windows are made in main/window.ts');
    expect(said('new BrowserWindow({ webPreferences })', 'main/window.ts')).toHaveLength(1);
  });

  it.each([
    ["import { shell } from 'electron';", 'main/ipc/files.ts'],
    ["import { ipcMain } from 'electron';", 'main/ipc/keys.ts'],
    ["import { ipcRenderer } from 'electron';", 'renderer/App.tsx'],
    ["import electron from 'electron';", 'main/app.ts'],
    ["import { exec } from 'node:child_process';", 'main/app.ts'],
    ['contents.executeJavaScript(text);', 'main/app.ts'],
    ["app.on('certificate-error', accept);", 'main/security.ts'],
    ["app.commandLine.appendSwitch('no-sandbox');", 'main/app.ts'],
    ["window.loadURL('https://example.org');", 'main/windows.ts'],
    ["process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';", 'main/app.ts'],
    ['const view = <webview src="https://example.org" />;', 'renderer/App.tsx'],
    ['const text = <p dangerouslySetInnerHTML={html} />;', 'renderer/App.tsx'],
  ])('%s in %s is found', (code, file) => {
    expect(said(code, file)).toHaveLength(1);
  });

  it('what has its home there, and types, are left alone', () => {
    expect(said("import { shell } from 'electron';", 'main/external.ts')).toEqual([]);
    expect(said("import { type WebContents } from 'electron';", 'main/app.ts')).toEqual([]);
  });
});
