import { useEffect, useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import { phrase } from '@elekto/words';
import type { CountEffort } from '../../../shared/count.ts';
import type { HostCounts } from '../../host/host.ts';
import texts from '../../texts/count.json' with { type: 'json' };

const TICK_MS = 250;

interface Running {
  readonly effort: CountEffort;
  readonly since: number;
}

/** The piece of work that began last in a count. */
export function useEffort(election: string, counts: HostCounts): Running | null {
  const [running, setRunning] = useState<Running | null>(null);
  useEffect(
    () =>
      counts.onEffort((effort) => {
        if (effort.election === election) setRunning({ effort, since: performance.now() });
      }),
    [counts, election],
  );
  return running;
}

/** The piece of work at hand with what is left of it; the work itself is done elsewhere, so that this moves. */
export function CountWork({ running }: { running: Running | null }) {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  if (running === null) return <Bar label={texts.work.box} share={null} />;
  const { effort, since } = running;
  const passed = Math.max(0, now - since);
  const seconds = Math.ceil((effort.expected - passed) / 1000);
  const label = texts.work[effort.kind];
  // What takes longer than it was expected to says so by showing no end.
  if (seconds <= 0) return <Bar label={label} share={null} />;
  return (
    <Bar
      label={`${label}: ${phrase(texts.left, { seconds }, 'en')}`}
      share={(100 * passed) / effort.expected}
    />
  );
}

const Bar = ({ label, share }: { readonly label: string; readonly share: number | null }) => (
  <ProgressBar aria-label={label} className="progress" isIndeterminate={share === null} value={share ?? 0}>
    <span>{label}</span>
    <div className="progress-track">
      <div
        className={share === null ? 'progress-fill' : 'progress-fill progress-known'}
        style={share === null ? {} : { width: `${share}%` }}
      />
    </div>
  </ProgressBar>
);
