import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const shown: { title: string; body: string; click: () => void; act: (index: number) => void }[] = [];
const badges: number[] = [];
let overview: unknown;
let asked = 0;

vi.mock('electron', () => ({
  app: { setBadgeCount: (count: number) => badges.push(count) },
  net: {
    fetch: async () => {
      asked += 1;
      return new Response(JSON.stringify({ result: { data: overview } }));
    },
  },
  Notification: class {
    static isSupported = () => true;
    readonly title: string;
    readonly body: string;
    #click: () => void = () => undefined;
    #act: (details: { actionIndex: number }) => void = () => undefined;
    constructor({ title, body }: { title: string; body: string }) {
      this.title = title;
      this.body = body;
    }
    on(name: string, listener: (details?: unknown) => void): void {
      if (name === 'click') this.#click = listener;
      if (name === 'action') this.#act = listener;
    }
    show(): void {
      shown.push({
        title: this.title,
        body: this.body,
        click: () => this.#click(),
        act: (actionIndex) => this.#act({ actionIndex }),
      });
    }
  },
}));
const { Notices, DAY_MS } = await import('./notices.ts');

const HOUR = 3_600_000;
const server = () => ({ origin: 'https://vote.example.org', token: 'a token of an officer' });
const say = (closesAt: number, requestsDue = 0, now = 0): void => {
  overview = { now, elections: [{ key: 'a/b', name: 'Steering', phase: 'open', closesAt, requestsDue }] };
};
const titles = (): string[] => shown.map(({ title }) => title);

beforeEach(() => {
  vi.useFakeTimers();
  shown.length = 0;
  badges.length = 0;
});
afterEach(() => vi.useRealTimers());

describe('notifications', () => {
  it('come a day before the end and at the end, once, also when looked at again', async () => {
    const notices = new Notices(server, () => undefined);
    say(DAY_MS + 2 * HOUR);
    await notices.refresh();
    await vi.advanceTimersByTimeAsync(HOUR);
    say(DAY_MS + 2 * HOUR, 0, HOUR);
    await notices.refresh();
    expect(titles()).toEqual([]);
    await vi.advanceTimersByTimeAsync(HOUR + 1);
    expect(titles()).toEqual(['One day left']);
    await vi.advanceTimersByTimeAsync(DAY_MS + 2_000);
    expect(titles()).toEqual(['One day left', 'Voting has ended']);
  });

  it('follow the server’s clock, not this machine’s', async () => {
    const notices = new Notices(server, () => undefined);
    say(5_000_000_000 + HOUR, 0, 5_000_000_000);
    await notices.refresh();
    await vi.advanceTimersByTimeAsync(HOUR + 2_000);
    expect(titles()).toEqual(['Voting has ended']);
  });

  it('tell of new requests only, and what was there at the start is not new', async () => {
    const notices = new Notices(server, () => undefined);
    say(100 * DAY_MS, 2);
    await notices.refresh();
    expect(titles()).toEqual([]);
    say(100 * DAY_MS, 3);
    await notices.refresh();
    say(100 * DAY_MS, 1);
    await notices.refresh();
    expect(shown.map(({ title, body }) => `${title}: ${body}`)).toEqual([
      'New exception request: Steering: 3 waiting',
    ]);
    expect(badges).toEqual([2, 3, 1]);
  });

  it('lead to the page they are about', async () => {
    const routes: string[] = [];
    const notices = new Notices(server, (route) => routes.push(route));
    say(HOUR);
    await notices.refresh();
    await vi.advanceTimersByTimeAsync(HOUR + 2_000);
    shown[0]?.click();
    expect(routes).toEqual(['#/elections/a%2Fb/result']);
  });

  it('stop with the sign-in', async () => {
    const notices = new Notices(server, () => undefined);
    say(HOUR, 4);
    await notices.refresh();
    notices.reset();
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(titles()).toEqual([]);
    expect(badges.at(-1)).toBe(0);
  });

  it('come again an hour later where that was pressed, as long as it is still so', async () => {
    const notices = new Notices(server, () => undefined);
    say(DAY_MS * 9);
    await notices.refresh();
    say(DAY_MS * 9, 2);
    await notices.refresh();
    expect(titles()).toEqual(['New exception request']);
    shown[0]?.act(1);
    await vi.advanceTimersByTimeAsync(HOUR + 1);
    expect(titles()).toEqual(['New exception request', 'New exception request']);
    shown[1]?.act(1);
    say(DAY_MS * 9, 0);
    await notices.refresh();
    await vi.advanceTimersByTimeAsync(HOUR + 1);
    expect(titles()).toHaveLength(2);
  });

  it('say what is so when they come again, not what was so before', async () => {
    const notices = new Notices(server, () => undefined);
    say(DAY_MS + HOUR);
    await notices.refresh();
    await vi.advanceTimersByTimeAsync(HOUR + 1);
    shown[0]?.act(1);
    await vi.advanceTimersByTimeAsync(HOUR + 1);
    expect(shown.map(({ body }) => body)).toEqual([
      'Steering closes in 24 hours.',
      'Steering closes in 23 hours.',
    ]);
  });

  it('come six in ten minutes at most from a server that tells without end, and the badge still tells all', async () => {
    const notices = new Notices(server, () => undefined);
    const flood = (requestsDue: number): void => {
      const elections = Array.from({ length: 100 }, (_, i) => ({
        key: `e${i}`,
        name: `Your machine is infected, call ${i}\n`.repeat(99),
        phase: 'open',
        closesAt: 9 * DAY_MS,
        requestsDue,
      }));
      overview = { now: 0, elections };
    };
    flood(0);
    await notices.refresh();
    for (let requests = 1; requests <= 5; requests += 1) {
      flood(requests);
      await notices.refresh();
    }
    expect(titles()).toEqual(Array.from({ length: 6 }, () => 'New exception request'));
    for (const { body } of shown) expect(body).toMatch(/^.{80}: 1 waiting$/);
    expect(badges.at(-1)).toBe(500);
    await vi.advanceTimersByTimeAsync(600_000);
    flood(6);
    await notices.refresh();
    expect(shown).toHaveLength(12);
  });

  it('ask a server that says without end that something changed one time after another', async () => {
    const notices = new Notices(server, () => undefined);
    say(DAY_MS * 9);
    asked = 0;
    await Promise.all(Array.from({ length: 1_000 }, () => notices.refresh()));
    expect(asked).toBe(2);
  });

  it('lead to the queue by their first button, and what waits is told with it, by election', async () => {
    const opened: string[] = [];
    const waiting: unknown[] = [];
    const notices = new Notices(
      server,
      (route) => opened.push(route),
      (each) => waiting.push(each),
    );
    say(DAY_MS * 9);
    await notices.refresh();
    say(DAY_MS * 9, 2);
    await notices.refresh();
    shown[0]?.act(0);
    expect(opened).toEqual(['#/elections/a%2Fb/exceptions']);
    expect(waiting).toEqual([[], [{ name: 'Steering', requests: 2, route: '#/elections/a%2Fb/exceptions' }]]);
  });
});
