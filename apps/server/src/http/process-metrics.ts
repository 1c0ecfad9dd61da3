/** What this process uses, rounded: the figures are for capacity and leaks, and no single request may show in them. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Registry } from 'prom-client';

import { gaugesIn } from './gauge.ts';

const MIB = 1024 * 1024;

/** A figure rounded down to whole steps. */
export const rounded = (value: number, step: number): number => Math.floor(value / step) * step;

export function registerProcessMetrics(registers: Registry[]): void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const startedAt = Math.floor(Date.now() / 1000 - process.uptime());
  const gauge = gaugesIn(registers);
  gauge('process_start_time_seconds', 'When the process began.', () => startedAt);
  gauge('process_resident_memory_bytes', 'Memory in use, in steps of 32 MiB.', () =>
    rounded(process.memoryUsage.rss(), 32 * MIB),
  );
  gauge('process_cpu_seconds_total', 'Processor time used so far, in steps of a minute.', () => {
    const { user, system } = process.cpuUsage();
    return rounded((user + system) / 1e6, 60);
  });
  gauge(
    'elekto_event_loop_delay_seconds',
    'The longest wait since the last look, in steps of half a second.',
    () => {
      const longest = delay.max / 1e9;
      delay.reset();
      return rounded(Math.min(longest, 3600), 0.5);
    },
  );
}
