import type { Logger } from '../log.ts';

/** Something that works or does not: the log hears when it begins to fail and when it works again, and nothing between. */
export class Condition {
  readonly #log: Logger;
  readonly #begins: string;
  readonly #ends: string;
  #failing = false;

  constructor(log: Logger, begins: string, ends: string) {
    this.#log = log;
    this.#begins = begins;
    this.#ends = ends;
  }

  get failing(): boolean {
    return this.#failing;
  }

  failed(error: unknown): void {
    if (!this.#failing) this.#log.error({ err: error }, this.#begins);
    this.#failing = true;
  }

  well(): void {
    if (this.#failing) this.#log.info(this.#ends);
    this.#failing = false;
  }
}
