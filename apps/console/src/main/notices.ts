/** Native notifications and the badge: a new exception request, a day before the end, the end. */
import { app, Notification } from 'electron';
import { z } from 'zod';
import { callServer, type Server } from './server-client.ts';

const overviewSchema = z.object({
  now: z.number(),
  elections: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      phase: z.string(),
      closesAt: z.number(),
      requestsDue: z.number(),
    }),
  ),
});
type Overview = z.infer<typeof overviewSchema>;

export const DAY_MS = 24 * 3_600_000;
/** setTimeout's limit; a later end is looked at again then. */
const LONGEST_TIMER_MS = 2_147_483_647;

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** Where a click leads: a route of the renderer. */
  readonly route: string;
}

/** Names the election, never who asked: notifications show on locked screens. */
export class Notices {
  readonly #server: () => Server | null;
  readonly #open: (route: string) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #shown = new Set<string>();
  #openRequests: Map<string, number> | null = null;

  constructor(server: () => Server | null, open: (route: string) => void) {
    this.#server = server;
    this.#open = open;
  }

  /** Looks at the elections again. What was open at the first look is no news. */
  async refresh(): Promise<void> {
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
    this.#shown.clear();
    this.#openRequests = null;
    app.setBadgeCount(0);
  }

  #look({ now, elections }: Overview): void {
    for (const { key, name, requestsDue } of elections) {
      const before = this.#openRequests?.get(key) ?? (this.#openRequests === null ? requestsDue : 0);
      if (requestsDue > before) {
        this.#notify({
          title: 'New exception request',
          body: `${name}: ${requestsDue} waiting`,
          route: `#/elections/${encodeURIComponent(key)}/exceptions`,
        });
      }
    }
    this.#openRequests = new Map(elections.map(({ key, requestsDue }) => [key, requestsDue]));
    app.setBadgeCount(elections.reduce((sum, { requestsDue }) => sum + requestsDue, 0));
    this.#schedule(now, elections);
  }

  #schedule(now: number, elections: Overview['elections']): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    for (const { key, name, closesAt } of elections) {
      const route = `#/elections/${encodeURIComponent(key)}`;
      this.#at(`${key} day ${closesAt}`, closesAt - DAY_MS - now, {
        title: 'One day left',
        body: `${name} closes in 24 hours.`,
        route: `${route}/turnout`,
      });
      this.#at(`${key} end ${closesAt}`, closesAt + 1_000 - now, {
        title: 'Voting has ended',
        body: `${name} can be closed and counted.`,
        route: `${route}/result`,
      });
    }
  }

  /** A moment that has passed is not told late. */
  #at(id: string, wait: number, notice: Notice): void {
    if (wait <= 0 || wait > LONGEST_TIMER_MS || this.#shown.has(id)) return;
    this.#timers.set(
      id,
      setTimeout(() => {
        this.#shown.add(id);
        this.#notify(notice);
      }, wait),
    );
  }

  #notify({ title, body, route }: Notice): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    notification.on('click', () => this.#open(route));
    notification.show();
  }
}
