import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../shared/bridge.ts';
import { CHANNELS } from '../shared/channels.ts';
import type { SettingsStore } from './settings.ts';
import texts from './texts.json' with { type: 'json' };
import type { Windows } from './windows.ts';

const PAGES = [
  ['Overview', 'overview'],
  ['Rehearsal', 'rehearsal'],
  ['Exceptions', 'exceptions'],
  ['Voter Roll', 'roll'],
  ['Turnout', 'turnout'],
  ['Result', 'result'],
  ['Publish', 'publish'],
  ['Announce', 'announce'],
  ['Record', 'record'],
] as const;

/** Steps of the zoom, as browsers have them. */
const ZOOMS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** The next step in a direction; 0 is back to normal. */
export function nextZoom(zoom: number, direction: -1 | 0 | 1): number {
  if (direction === 0) return 1;
  const steps = direction > 0 ? ZOOMS : ZOOMS.toReversed();
  return steps.find((step) => (direction > 0 ? step > zoom + 0.001 : step < zoom - 0.001)) ?? zoom;
}

interface MenuOptions {
  readonly settings: SettingsStore;
  readonly windows: Windows;
  readonly copyReport: () => void;
}

export function installMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(options)));
}

function template({ settings, windows, copyReport }: MenuOptions): MenuItemConstructorOptions[] {
  const send = (command: MenuCommand) => () =>
    windows.current()?.webContents.send(CHANNELS.onCommand, command);
  const zoom = (direction: -1 | 0 | 1) => () => {
    const factor = nextZoom(settings.get().zoom, direction);
    for (const { webContents } of windows.all()) webContents.setZoomFactor(factor);
    void settings.change({ zoom: factor });
  };
  const mac = process.platform === 'darwin';
  const settingsItem: MenuItemConstructorOptions = {
    label: 'Settings …',
    accelerator: 'CmdOrCtrl+,',
    click: send('settings'),
  };
  return [
    ...(mac ? [macMenu(settingsItem)] : []),
    {
      label: '&File',
      submenu: [
        {
          label: texts.window,
          accelerator: 'CmdOrCtrl+Shift+N',
          click: send('window'),
        },
        { label: texts.count, accelerator: 'CmdOrCtrl+O', click: send('count-file') },
        { type: 'separator' },
        ...(mac
          ? [{ role: 'close' } as const]
          : [settingsItem, { type: 'separator' } as const, { role: 'quit' } as const]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Go',
      submenu: [
        { label: 'Command Palette', accelerator: 'CmdOrCtrl+K', click: send('palette') },
        { label: 'Home', accelerator: 'CmdOrCtrl+0', click: send('home') },
        { type: 'separator' },
        ...PAGES.map(([label, tab], index) => ({
          label,
          accelerator: `CmdOrCtrl+${index + 1}`,
          click: send(`go:${tab}`),
        })),
      ],
    },
    {
      label: '&View',
      submenu: [
        { label: 'Refresh', accelerator: 'CmdOrCtrl+R', click: send('refresh') },
        { type: 'separator' },
        { label: 'Zoom In', accelerator: 'CmdOrCtrl+Plus', click: zoom(1) },
        { label: 'Zoom Out', accelerator: 'CmdOrCtrl+-', click: zoom(-1) },
        { label: 'Normal Size', accelerator: 'CmdOrCtrl+Shift+0', click: zoom(0) },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Keyboard Shortcuts', accelerator: 'F1', click: send('shortcuts') },
        { label: 'Copy Report', click: copyReport },
      ],
    },
  ];
}

function macMenu(settingsItem: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settingsItem,
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
}
