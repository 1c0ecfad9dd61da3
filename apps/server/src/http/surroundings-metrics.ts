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
}

/** Ms for a disk: one that hangs must not hang the figures. */
const PATIENCE = 1000;

export function registerSurroundings(
  registers: Registry[],
  { config, readiness, clock }: Surroundings,
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
  const gauge = gaugesIn(registers);
  if (clock !== null)
    gauge('elekto_clock_offset_seconds', 'How far the clock of the database is off hosts elsewhere.', () =>
      clock.seconds(),
    );
}
