/** The parts of the desktop: dialogs, shell, clipboard, notifications, menus, screens, theme, network. */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { mayRequest } from './session.ts';
import { parent } from './parent.ts';
import { life, needReady } from './state.ts';

/** Dialogs nobody answers are cancelled; tests put their own functions in their place. */
export const dialog = {
  showSaveDialog: async (..._options: unknown[]) => {
    needReady('dialog');
    return { canceled: true, filePath: '' };
  },
  showOpenDialog: async (..._options: unknown[]) => {
    needReady('dialog');
    return { canceled: true, filePaths: [] as string[] };
  },
  showMessageBox: async (..._options: unknown[]) => {
    needReady('dialog');
    return { response: 0, checkboxChecked: false };
  },
};

export const shell = {
  opened: [] as string[],
  openExternal: async (url: string): Promise<void> => {
    if (!URL.canParse(url)) throw new Error('Invalid URL');
    shell.opened.push(url);
  },
};

let clipped = '';
export const clipboard = {
  writeText: (text: string): void => {
    if (typeof text !== 'string')
      throw new TypeError('Error processing argument at index 0, conversion failure');
    clipped = text;
  },
  readText: (): string => clipped,
};

export class Notification extends EventEmitter {
  static readonly shown: Notification[] = [];
  readonly title: string;
  readonly body: string;
  readonly actions: readonly { readonly type: string; readonly text: string }[];

  constructor({
    title,
    body,
    actions = [],
  }: {
    title: string;
    body: string;
    actions?: readonly { readonly type: string; readonly text: string }[];
  }) {
    super();
    needReady('Notification');
    this.title = title;
    this.body = body;
    this.actions = actions;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    Notification.shown.push(this);
    this.emit('show');
  }

  close(): void {
    this.emit('close');
  }
}

export interface MenuItem {
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly accelerator?: string;
  readonly click?: (...args: unknown[]) => void;
  readonly submenu?: readonly MenuItem[];
}

const ROLES = new Set(
  'about close copy cut delete editMenu appMenu fileMenu viewMenu windowMenu help hide hideOthers minimize paste quit redo reload selectAll services toggleDevTools togglefullscreen undo unhide window zoom'.split(
    ' ',
  ),
);
const MODIFIERS =
  /^(?:(?:Cmd|Command|Ctrl|Control|CmdOrCtrl|CommandOrControl|Alt|Option|Shift|Super|Meta)\+)*(?:[A-Z0-9,.\-=/]|F\d{1,2}|Plus|Space|Tab|Enter|Esc|Up|Down|Left|Right|Home|End)$/;

function checkItem(item: MenuItem, seen: Set<string>): void {
  if (item.role === undefined && item.label === undefined && item.type !== 'separator')
    throw new Error('Invalid template for MenuItem: must have at least one of label, role or type');
  if (item.role !== undefined && !ROLES.has(item.role)) throw new Error(`Unknown role: ${item.role}`);
  if (item.accelerator !== undefined) {
    if (!MODIFIERS.test(item.accelerator)) throw new Error(`${item.accelerator} is not a valid accelerator`);
    if (seen.has(item.accelerator)) throw new Error(`${item.accelerator} is given twice`);
    seen.add(item.accelerator);
  }
  item.submenu?.forEach((child) => checkItem(child, seen));
}

let menu: { items: readonly MenuItem[] } | null = null;
export const Menu = {
  buildFromTemplate: (items: readonly MenuItem[]) => {
    const seen = new Set<string>();
    items.forEach((item) => checkItem(item, seen));
    return { items };
  },
  setApplicationMenu: (next: { items: readonly MenuItem[] } | null): void => {
    needReady('Menu');
    menu = next;
  },
  getApplicationMenu: () => menu,
};

export const screen = {
  getAllDisplays: () => {
    needReady('screen');
    return [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }];
  },
};

let themeSource: 'system' | 'light' | 'dark' = 'system';
export const nativeTheme = {
  get themeSource() {
    return themeSource;
  },
  set themeSource(theme) {
    if (!['system', 'light', 'dark'].includes(theme)) throw new TypeError('Error processing argument');
    themeSource = theme;
    void parent.ask('theme', { theme }).catch(() => undefined);
  },
};

export const net = {
  /** The session sees the main process's own requests, too, without a webContentsId. */
  fetch: async (url: string, init?: RequestInit): Promise<Response> => {
    if (!life.ready) throw new Error('net module can only be used after app is ready');
    if (!(await mayRequest({ url, method: init?.method ?? 'GET', resourceType: 'other' })))
      throw new TypeError('net::ERR_BLOCKED_BY_CLIENT');
    return fetch(url, init);
  },
};

/** A picture of which the double knows the file and the size alone. */
class NativeImage {
  readonly path: string;
  readonly size: number | null;
  constructor(path: string, size: number | null = null) {
    this.path = path;
    this.size = size;
  }
  isEmpty(): boolean {
    return !existsSync(this.path);
  }
  resize({ width }: { width: number }): NativeImage {
    return new NativeImage(this.path, width);
  }
}

export const nativeImage = { createFromPath: (path: string) => new NativeImage(path) };

export class Tray extends EventEmitter {
  /** The double's own: those that are shown. */
  static readonly shown = new Set<Tray>();
  tip = '';
  menu: { items: readonly MenuItem[] } | null = null;

  constructor(image: NativeImage) {
    super();
    needReady('Tray');
    // Electron fails to make one without a picture, too.
    if (image.isEmpty()) throw new Error('Failed to load image from path');
    Tray.shown.add(this);
  }

  setToolTip(tip: string): void {
    this.tip = tip;
  }

  setContextMenu(menu: { items: readonly MenuItem[] } | null): void {
    this.menu = menu;
  }

  destroy(): void {
    Tray.shown.delete(this);
  }
}
