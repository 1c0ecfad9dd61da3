/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { timeLeft, type Progress } from '@elekto/roll-sources';

const WIDTH = 24;
const QUIET_MS = 15_000;

/** A bar with the time left on standard error; where that is no terminal, a line now and then. */
export class ProgressBar {
  readonly #out: NodeJS.WriteStream;
  readonly #began = Date.now();
  #last: Progress | null = null;
  #told = Date.now();
  #waitUntil = 0;

  constructor(out: NodeJS.WriteStream = process.stderr) {
    this.#out = out;
  }

  show(progress: Progress): void {
    this.#last = progress;
    this.#draw();
  }

  /** A limit is waited for, so many seconds. */
  wait(seconds: number): void {
    this.#waitUntil = Math.max(this.#waitUntil, Date.now() + seconds * 1000);
    if (!this.#out.isTTY) this.#out.write(`The server asks for a pause of ${seconds} s.\n`);
    else this.#draw();
  }

  end(): void {
    if (this.#out.isTTY && this.#last) this.#out.write('\r\u001b[K');
  }

  #draw(): void {
    if (!this.#last) return;
    const { done, total, at } = this.#last;
    const now = Date.now();
    if (!this.#out.isTTY && now - this.#told < QUIET_MS) return;
    this.#told = now;
    const ms = timeLeft(this.#last, this.#began, now);
    const left = ms === null ? '' : `, about ${time(ms)} left`;
    const pause = this.#waitUntil > now ? `, waiting ${time(this.#waitUntil - now)} for the server` : '';
    const text = `${done} of ${total} repositories${left}${pause}  ${at}`;
    if (!this.#out.isTTY) return void this.#out.write(`${text}\n`);
    const full = total === 0 ? 0 : Math.round((done / total) * WIDTH);
    const bar = `${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}`;
    this.#out.write(`\r\u001b[K${`${bar} ${text}`.slice(0, (this.#out.columns ?? 80) - 1)}`);
  }
}

function time(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
