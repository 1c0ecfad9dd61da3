/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { timeLeft, type Progress } from '@elekto/roll-sources';
import { passing, printable, writeErr } from '../terminal.ts';

const WIDTH = 24;
const QUIET_MS = 15_000;

/** A bar with the time left on standard error; where that is no terminal, a line now and then. */
export class ProgressBar {
  readonly #began = Date.now();
  #last: Progress | null = null;
  #told = Date.now();
  #waitUntil = 0;

  show(progress: Progress): void {
    this.#last = progress;
    this.#draw();
  }

  /** A limit is waited for, so many seconds. */
  wait(seconds: number): void {
    this.#waitUntil = Math.max(this.#waitUntil, Date.now() + seconds * 1000);
    if (!process.stderr.isTTY) writeErr(`The server asks for a pause of ${seconds} s.\n`);
    else this.#draw();
  }

  end(): void {
    if (this.#last) passing('');
  }

  #draw(): void {
    if (!this.#last) return;
    const { done, total, at } = this.#last;
    const now = Date.now();
    if (!process.stderr.isTTY && now - this.#told < QUIET_MS) return;
    this.#told = now;
    const ms = timeLeft(this.#last, this.#began, now);
    const left = ms === null ? '' : `, about ${time(ms)} left`;
    const pause = this.#waitUntil > now ? `, waiting ${time(this.#waitUntil - now)} for the server` : '';
    const text = `${done} of ${total} repositories${left}${pause}  ${at}`;
    if (!process.stderr.isTTY) return writeErr(`${printable(text)}\n`);
    const full = total === 0 ? 0 : Math.round((done / total) * WIDTH);
    const bar = `${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}`;
    passing(`${bar} ${text}`);
  }
}

function time(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
