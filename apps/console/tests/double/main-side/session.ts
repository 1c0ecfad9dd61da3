import { EventEmitter } from 'node:events';
import { toApp } from '../origin-map.ts';
import { answer } from './parent.ts';
import { needReady } from './state.ts';
import { windows } from './windows.ts';

type PermissionRequest = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void;
type PermissionCheck = (contents: unknown, permission: string, origin: string, details: object) => boolean;
type BeforeRequest = (details: RequestDetails, answer: (response: { cancel?: boolean }) => void) => void;

export interface RequestDetails {
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
  /** Absent for requests of the main process itself. */
  readonly webContentsId?: number;
}

class Session extends EventEmitter {
  permissionRequest: PermissionRequest | null = null;
  permissionCheck: PermissionCheck | null = null;
  devicePermission: (() => boolean) | null = null;
  beforeRequest: BeforeRequest | null = null;

  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest | null): void => {
      this.beforeRequest = listener;
    },
  };

  setPermissionRequestHandler(handler: PermissionRequest | null): void {
    this.permissionRequest = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    this.permissionCheck = handler;
  }

  setDevicePermissionHandler(handler: (() => boolean) | null): void {
    this.devicePermission = handler;
  }
}

const defaultSession = new Session();

export const session = {
  get defaultSession(): Session {
    needReady('session');
    return defaultSession;
  },
};

/** True when the app lets a request pass; without a handler Electron lets everything pass. */
export async function mayRequest(details: RequestDetails): Promise<boolean> {
  const { beforeRequest } = defaultSession;
  if (beforeRequest === null) return true;
  const response = await new Promise<{ cancel?: boolean }>((resolve) => beforeRequest(details, resolve));
  return response.cancel !== true;
}

/** As Electron: without a handler a permission is granted. */
async function isGranted(contents: unknown, permission: string): Promise<boolean> {
  const { permissionRequest } = defaultSession;
  if (permissionRequest === null) return true;
  return new Promise((resolve) => permissionRequest(contents, permission, resolve, {}));
}

answer({
  mayRequest: ({
    id,
    url,
    method,
    resourceType,
  }: {
    id: number;
    url: string;
    method: string;
    resourceType: string;
  }) => mayRequest({ url: toApp(url), method, resourceType, webContentsId: id }),
  permissions: async ({ id, names }: { id: number; names: readonly string[] }) => {
    const contents = windows.get(id)?.webContents;
    const granted: string[] = [];
    for (const name of names) if (await isGranted(contents, name)) granted.push(name);
    return granted;
  },
  willDownload: () => {
    let prevented = false;
    defaultSession.emit('will-download', { preventDefault: () => (prevented = true) }, {}, {});
    return { prevented };
  },
});
