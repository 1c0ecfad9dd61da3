import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { life, machine } from './state.ts';
import { windows } from './windows.ts';

const ready = Promise.withResolvers<void>();
const lockFile = join(machine.userData, 'SingletonLock');

class App extends EventEmitter {
  readonly isPackaged = machine.packaged;
  badge = 0;
  sandboxed = false;
  #locked = false;

  whenReady(): Promise<void> {
    return ready.promise;
  }

  isReady(): boolean {
    return life.ready;
  }

  enableSandbox(): void {
    if (life.ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxed = true;
  }

  requestSingleInstanceLock(): boolean {
    mkdirSync(machine.userData, { recursive: true });
    try {
      process.kill(Number(readFileSync(lockFile, 'utf8')), 0);
      return false;
    } catch {
      writeFileSync(lockFile, String(process.pid));
      this.#locked = true;
      return true;
    }
  }

  getPath(name: string): string {
    if (name === 'userData') return machine.userData;
    throw new Error(`Failed to get '${name}' path`);
  }

  getVersion(): string {
    return '0.1.0';
  }

  getName(): string {
    return 'Elekto console';
  }

  /** Schemes that the system would hand to this app. */
  readonly schemes: string[] = [];

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.schemes.push(scheme);
    return true;
  }

  setBadgeCount(count = 0): boolean {
    this.badge = count;
    return true;
  }

  getBadgeCount(): number {
    return this.badge;
  }

  /** As Electron: before-quit, every window may refuse, will-quit, quit. */
  quit(): void {
    if (life.quitting) return;
    life.quitting = true;
    this.emit('before-quit', { preventDefault: () => undefined });
    for (const window of [...windows.values()]) window.close();
    if (windows.size > 0) {
      life.quitting = false;
      return;
    }
    this.emit('will-quit', { preventDefault: () => undefined });
    this.emit('quit', {}, 0);
    this.exit();
  }

  exit(code = 0): void {
    if (this.#locked) rmSync(lockFile, { force: true });
    // What was just asked of the disk is done first, as Electron's own shutdown takes a moment, too.
    setTimeout(() => process.exit(code), 150);
  }

  /** The double's own: Electron does this when Chromium is up. */
  becomeReady(): void {
    if (machine.openUrl !== undefined)
      this.emit('open-url', { preventDefault: () => undefined }, machine.openUrl);
    life.ready = true;
    this.emit('ready', {});
    ready.resolve();
  }
}

export const app = new App();
