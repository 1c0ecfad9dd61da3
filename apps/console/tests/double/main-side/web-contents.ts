import { EventEmitter } from 'node:events';
import { decode, encode } from '../codec.ts';
import { parent } from './parent.ts';
import { life, needCloneable } from './state.ts';

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

export interface Frame {
  readonly url: string;
}

export class WebContents extends EventEmitter {
  readonly id: number;
  readonly frames = new Map<string, Frame>();
  mainFrame: Frame = { url: '' };
  openHandler: OpenHandler | null = null;
  #zoom = 1;
  #destroyed = false;

  constructor(id: number) {
    super();
    this.id = id;
  }

  send(channel: string, ...values: unknown[]): void {
    this.#needAlive();
    needCloneable(values);
    void parent.ask('send', { id: this.id, channel, value: encode(values) }).catch(() => undefined);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  setZoomFactor(factor: number): void {
    this.#needAlive();
    if (!(factor > 0)) throw new Error('setZoomFactor() must be called with a number greater than 0');
    this.#zoom = factor;
  }

  getZoomFactor(): number {
    return this.#zoom;
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  async printToPDF(options: { pageSize?: string; printBackground?: boolean }): Promise<Buffer> {
    this.#needAlive();
    return Buffer.from(
      decode(await parent.ask<string>('printToPDF', { id: this.id, options })) as Uint8Array,
    );
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  destroyed(): void {
    this.#destroyed = true;
    this.emit('destroyed');
  }

  #needAlive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    if (!life.ready) throw new Error('webContents before ready');
  }
}
