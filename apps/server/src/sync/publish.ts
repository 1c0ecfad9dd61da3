/** Keeps the pages in step with what is served. Nobody waits for a build but who asked for it. */
import type { Instant } from '@elekto/election';
import type { SiteSnapshot } from '@elekto/site/data';

import type { Logger } from '../log.ts';
import type { KeptPages } from '../site/kept-pages.ts';
import type { SiteFiles } from '../site/site-files.ts';
import type { SiteStore } from '../site/site-store.ts';

import { Condition } from './condition.ts';
import { singleFlight } from './single-flight.ts';

export interface PublisherParts {
  readonly store: SiteStore;
  /** The copy for a proxy; absent where there is none. */
  readonly keptPages?: KeptPages | undefined;
  /** What pages are made of at this moment. */
  readonly data: () => Promise<SiteSnapshot>;
  readonly now: () => Promise<Instant>;
  readonly log: Logger;
}

const FIRST_PAUSE = 15_000;
const LONGEST_PAUSE = 300_000;

export class Publisher {
  readonly #parts: PublisherParts;
  /** What could not be built, and when it is tried again. */
  #failed: { readonly name: string; readonly pause: number; readonly nextTryAt: Instant } | null = null;

  #checkIsDue = false;
  #kept: SiteFiles | null = null;
  readonly #keep: () => Promise<void>;

  /** Shows the pages of this moment. Never rejects: what is wrong stands in the store's state. */
  readonly publish: () => Promise<void>;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    const looking = new Condition(
      parts.log,
      'what the pages say cannot be read; they stay as they were',
      'what the pages say can be read again',
    );
    this.publish = singleFlight(() =>
      this.#publish()
        .then(() => (this.#checkIsDue ? this.#check() : undefined))
        .then(
          () => looking.well(),
          (error: unknown) => looking.failed(error),
        )
        // Nobody waits for the copy: its disk may be full, or hang.
        .then(() => void this.#keep()),
    );
    const keeping = new Condition(
      parts.log,
      'the copy of the pages for the proxy cannot be written (ELEKTO_PAGES_DIR); it stays as it was',
      'the copy of the pages for the proxy can be written again',
    );
    this.#keep = singleFlight(() =>
      this.#keepPages().then(
        () => keeping.well(),
        (error: unknown) => keeping.failed(error),
      ),
    );
  }

  /**
   * Renders all pages anew and compares them with those served, which were made one change at a time. Where they
   * differ the new ones are served, and the log tells.
   */
  check(): Promise<void> {
    this.#checkIsDue = true;
    return this.publish();
  }

  async #keepPages(): Promise<void> {
    const { keptPages, store } = this.#parts;
    const { site } = store.state;
    if (keptPages === undefined || site === null || site === this.#kept) return;
    await keptPages.keep(site);
    this.#kept = site;
  }

  async #check(): Promise<void> {
    const { store, log } = this.#parts;
    this.#checkIsDue = false;
    const wrong = await store.check();
    if (wrong !== null && wrong.length > 0)
      log.error(
        { pages: wrong.slice(0, 20), of: wrong.length },
        'pages were not what a whole build makes of the same data; they are now',
      );
  }

  async #publish(): Promise<void> {
    const { store, data, now, log } = this.#parts;
    const [content, at] = [await data(), await now()];
    const name = store.nameOf(content);
    const failed = this.#failed?.name === name ? this.#failed : null;
    if (failed && at < failed.nextTryAt) return;
    const before = store.state;
    const started = performance.now();
    if (!(await store.show(content, at))) {
      const pause = failed ? Math.min(LONGEST_PAUSE, 2 * failed.pause) : FIRST_PAUSE;
      this.#failed = { name, pause, nextTryAt: at + pause };
      const { problem } = store.state;
      if (problem !== before.problem) log.error({ problem, said: store.said }, 'the pages stay as they were');
      return;
    }
    this.#failed = null;
    if (store.state.site?.dir === before.site?.dir) return;
    const ms = Math.round(performance.now() - started);
    log.info({ commit: content.commit, ms }, 'the pages are up to date');
  }
}
