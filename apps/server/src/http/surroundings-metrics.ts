/** What is around the server: whether it is ready, its disks and the clock. */
import { Gauge, type Registry } from 'prom-client';

import type { Config } from '../config/config.ts';
import type { ClockWatch } from '../watch/clock-watch.ts';
import { disksOf, roomAt } from '../watch/disks.ts';
import { within } from '../within.ts';

import { gaugesIn } from './gauge.ts';
import type { Readiness } from './health.ts';
import { rounded } from './process-metrics.ts';

export interface Surroundings {
  readonly config: Config;
  readonly readiness: () => Promise<Readiness>;
  /** Null where there is nobody to ask for the time. */
  readonly clock: ClockWatch | null;
  /** How many announcements a hook did not take and is not told any more. */
  readonly announcementsLost: () => Promise<number>;
}

/** Ms for a disk: one that hangs must not hang the figures. */
const PATIENCE = 1000;

export function registerSurroundings(
  registers: Registry[],
  { config, readiness, clock, announcementsLost }: Surroundings,
): void {
  new Gauge({
    name: 'elekto_ready',
    help: '1 when /readyz answers 200.',
    registers,
    async collect() {
      this.set(Number((await readiness()).ready));
    },
  });
  // A vote takes some kB: in steps of 5 % none shows.
  new Gauge({
    name: 'elekto_disk_free_percent',
    help: 'Room on the disks, in steps of 5 %.',
    labelNames: ['holds'],
    registers,
    async collect() {
      for (const { holds, path } of disksOf(config)) {
        const room = await within(PATIENCE, roomAt(path)).catch(() => null);
        if (room === null) this.remove({ holds });
        else this.set({ holds }, rounded(room.share * 100, 5));
      }
    },
  });
  // Announcements are made at moments of dates and of the repository: nothing that a voter does is among them.
  new Gauge({
    name: 'elekto_announcements_lost',
    help: 'Announcements of the last two days that a hook did not take, and that are not tried again.',
    registers,
    async collect() {
      const lost = await within(PATIENCE, announcementsLost()).catch(() => null);
      if (lost !== null) this.set(lost);
    },
  });
  const gauge = gaugesIn(registers);
  if (clock !== null)
    gauge('elekto_clock_offset_seconds', 'How far the clock of the database is off hosts elsewhere.', () =>
      clock.seconds(),
    );
}
