/** Native notifications and what waits: a new exception request, a day before the end, the end. */
import { app, Notification } from 'electron';
import { overviewSchema, Rate, type Overview } from './notice-limits.ts';
import { callServer, type Server } from './server-client.ts';

export const DAY_MS = 24 * 3_600_000;
/** setTimeout's limit; a later end is looked at again then. */
const LONGEST_TIMER_MS = 2_147_483_647;
const HOUR_MS = 3_600_000;
/** Systems that have no buttons on notifications leave these out; a press on the notification itself does the first. */
const LATER = 'In an hour';
/** Notifications that are shown within ten minutes; of what comes beyond, the badge and the tray still tell. */
const MOST_SHOWN = 6;
const SHOWN_WITHIN_MS = 600_000;
/** Notifications that can still be pressed, and those that come again. */
const MOST_KEPT = 30;

/** Requests of an election that wait, and where they are answered. */
export interface Waiting {
  readonly name: string;
  readonly requests: number;
  readonly route: string;
}

export interface Notice {
  readonly title: string;
  /** As it is at the moment; null when it is not worth saying any more. */
  readonly body: () => string | null;
  /** Where a click leads: a route of the renderer. */
  readonly route: string;
  /** What the button that leads there is called. */
  readonly action: string;
}

/** Names the election, never who asked: notifications show on locked screens. */
export class Notices {
  readonly #server: () => Server | null;
  readonly #open: (route: string) => void;
  readonly #showWaiting: (waiting: readonly Waiting[]) => void;
  /** Those that can still be pressed: what nothing refers to loses its listeners. */
  readonly #alive = new Set<Notification>();
  readonly #later = new Set<NodeJS.Timeout>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Moments of the elections at hand, and those of them that have been told. */
  readonly #moments = new Set<string>();
  readonly #shown = new Set<string>();
  #rate = new Rate(MOST_SHOWN, SHOWN_WITHIN_MS);
  #openRequests: Map<string, number> | null = null;
  #looking: Promise<void> | null = null;
  #again = false;

  constructor(
    server: () => Server | null,
    open: (route: string) => void,
    showWaiting: (waiting: readonly Waiting[]) => void = () => undefined,
  ) {
    this.#server = server;
    this.#open = open;
    this.#showWaiting = showWaiting;
  }

  /**
   * Looks at the elections again. What was open at the first look is no news. One look at a time: however often a server
   * says that something changed meanwhile, it is asked once more.
   */
  refresh(): Promise<void> {
    this.#again = this.#looking !== null;
    return (this.#looking ??= this.#lookAgain());
  }

  async #lookAgain(): Promise<void> {
    do {
      this.#again = false;
      await this.#ask();
    } while (this.#again);
    this.#looking = null;
  }

  async #ask(): Promise<void> {
    const server = this.#server();
    if (server === null || server.token === null) return;
    const answer = await callServer(server, 'query', 'officer.elections', undefined);
    const overview = overviewSchema.safeParse(answer.kind === 'data' ? answer.data : null);
    if (overview.success && this.#server()?.token === server.token) this.#look(overview.data);
  }

  /** Forgets everything of the last sign-in. */
  reset(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    for (const timer of this.#later) clearTimeout(timer);
    this.#later.clear();
    this.#shown.clear();
    this.#openRequests = null;
    this.#rate = new Rate(MOST_SHOWN, SHOWN_WITHIN_MS);
    this.#tellWaiting([]);
  }

  #look({ now, elections }: Overview): void {
    const known = this.#openRequests;
    this.#openRequests = new Map(elections.map(({ key, requestsDue }) => [key, requestsDue]));
    for (const { key, name, requestsDue } of elections) {
      const before = known === null ? requestsDue : (known.get(key) ?? 0);
      if (requestsDue > before) {
        this.#notify({
          title: 'New exception request',
          body: () => {
            const waiting = this.#openRequests?.get(key) ?? 0;
            return waiting > 0 ? `${name}: ${waiting} waiting` : null;
          },
          route: exceptionsOf(key),
          action: 'Answer',
        });
      }
    }
    this.#tellWaiting(elections);
    this.#schedule(now, elections);
  }

  #schedule(now: number, elections: Overview['elections']): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#moments.clear();
    const ahead = now - Date.now();
    for (const { key, name, closesAt } of elections) {
      const route = `#/elections/${encodeURIComponent(key)}`;
      this.#at(`${key} day ${closesAt}`, closesAt - DAY_MS - now, {
        title: 'One day left',
        body: () => {
          const hours = Math.round((closesAt - ahead - Date.now()) / HOUR_MS);
          return hours > 0 ? `${name} closes in ${hours === 1 ? 'an hour' : `${hours} hours`}.` : null;
        },
        route: `${route}/turnout`,
        action: 'Open',
      });
      this.#at(`${key} end ${closesAt}`, closesAt + 1_000 - now, {
        title: 'Voting has ended',
        body: () => `${name}: the result can be seen here once it is counted.`,
        route: `${route}/result`,
        action: 'Open',
      });
    }
    // Of elections that are gone, or end otherwise now, nothing is remembered.
    for (const id of this.#shown) if (!this.#moments.has(id)) this.#shown.delete(id);
  }

  /** A moment that has passed is not told late. */
  #at(id: string, wait: number, notice: Notice): void {
    this.#moments.add(id);
    if (wait <= 0 || wait > LONGEST_TIMER_MS || this.#shown.has(id)) return;
    this.#timers.set(
      id,
      setTimeout(() => {
        this.#shown.add(id);
        this.#notify(notice);
      }, wait),
    );
  }

  #tellWaiting(
    elections: readonly Pick<Overview['elections'][number], 'key' | 'name' | 'requestsDue'>[],
  ): void {
    const waiting = elections
      .filter(({ requestsDue }) => requestsDue > 0)
      .map(({ key, name, requestsDue }) => ({ name, requests: requestsDue, route: exceptionsOf(key) }));
    app.setBadgeCount(waiting.reduce((sum, { requests }) => sum + requests, 0));
    this.#showWaiting(waiting);
  }

  #notify(notice: Notice): void {
    if (!Notification.isSupported()) return;
    const { title, route, action } = notice;
    const body = notice.body();
    if (body === null || !this.#rate.take(Date.now())) return;
    const actions = [action, LATER].map((text) => ({ type: 'button' as const, text }));
    const notification = new Notification({ title, body, actions });
    this.#alive.add(notification);
    const [oldest] = this.#alive;
    if (this.#alive.size > MOST_KEPT && oldest !== undefined) this.#alive.delete(oldest);
    notification.on('click', () => this.#open(route));
    notification.on('action', ({ actionIndex }) =>
      actionIndex === 0 ? this.#open(route) : this.#comeAgain(notice),
    );
    notification.on('close', () => this.#alive.delete(notification));
    notification.show();
  }

  #comeAgain(notice: Notice): void {
    if (this.#later.size >= MOST_KEPT) return;
    const timer = setTimeout(() => {
      this.#later.delete(timer);
      this.#notify(notice);
    }, HOUR_MS);
    this.#later.add(timer);
  }
}

const exceptionsOf = (key: string): string => `#/elections/${encodeURIComponent(key)}/exceptions`;
