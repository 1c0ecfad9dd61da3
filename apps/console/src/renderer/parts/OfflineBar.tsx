import type { LiveStatus } from '../backend/backend.ts';
import { Unreachable } from '../backend/backend.ts';
import { formatRelative } from '../lib/time.ts';
import { Button } from './Button.tsx';
import { ErrorNotice, Notice } from './Notice.tsx';

interface Props {
  readonly live: LiveStatus;
  readonly error: unknown;
  /** When the newest answer came, by this machine's clock; 0 = never. */
  readonly since: number;
  readonly onRetry: () => void;
}

/** Says that what is shown may be old, and how old. */
export function OfflineBar({ live, error, since, onRetry }: Props) {
  if (error && !(error instanceof Unreachable)) return <ErrorNotice error={error} again={onRetry} />;
  if (live !== 'offline' && !error) return null;
  return (
    <Notice tone="warn" title="Offline">
      <p>
        The server cannot be reached.{' '}
        {since === 0
          ? 'Nothing has been loaded yet.'
          : `You see what was known ${formatRelative(since, Date.now())}.`}{' '}
        The console keeps trying.
      </p>
      <div className="actions">
        <Button onPress={onRetry}>Try again</Button>
      </div>
    </Notice>
  );
}
