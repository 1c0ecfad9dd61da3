/** Requests and replies between the test (which has Chromium) and the process that runs the app's main. */

export type Handlers = Readonly<Record<string, (params: never) => unknown>>;

type Message =
  | { readonly kind: 'request'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly value?: unknown; readonly error?: string };

interface Port {
  send(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
}

/** Both sides ask and answer. Values are structured-cloned on the way, as between Electron's processes. */
export class Wire {
  readonly #port: Port;
  readonly #handlers: Handlers;
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  #next = 1;

  constructor(port: Port, handlers: Handlers) {
    this.#port = port;
    this.#handlers = handlers;
    port.listen((message) => void this.#receive(message as Message));
  }

  ask<T = void>(method: string, params: unknown = {}): Promise<T> {
    const id = this.#next;
    this.#next += 1;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#port.send({ kind: 'request', id, method, params } satisfies Message);
    });
  }

  /** Everything still waiting fails: the other side is gone. */
  end(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }

  async #receive(message: Message): Promise<void> {
    if (message.kind === 'reply') {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error !== undefined) waiting?.reject(new Error(message.error));
      else waiting?.resolve(message.value);
      return;
    }
    const { id, method, params } = message;
    try {
      const handler = this.#handlers[method];
      if (handler === undefined) throw new Error(`The double has no ${method}.`);
      this.#port.send({ kind: 'reply', id, value: await handler(params as never) } satisfies Message);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#port.send({ kind: 'reply', id, error: text } satisfies Message);
    }
  }
}
