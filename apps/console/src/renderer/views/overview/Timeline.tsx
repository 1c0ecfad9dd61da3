import { STATE_WORDS, timelineOf, type MomentState } from '../../lib/timeline.ts';
import type { ElectionOverview } from '../../backend/model.ts';
import { useAudit, useDefinition } from '../../backend/queries.ts';
import { useNow } from '../../lib/server-clock.ts';
import { formatAgo, formatLocal, formatRelative, formatUtc } from '../../lib/time.ts';
import { Panel } from '../../parts/Panel.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';

const SHAPES: Readonly<Record<MomentState, string>> = { done: '✓', now: '◆', late: '▲', coming: '○' };

/** The life of the election: what has been, what is due, what will be. */
export function Timeline({ election }: { election: ElectionOverview }) {
  const now = useNow();
  const audit = useAudit(election.key);
  const nominationsEndAt = useDefinition(election.key).data?.nominations?.closesAt ?? null;
  return (
    <Panel title="From the files to the result">
      {audit.error && !audit.data ? (
        <ErrorNotice error={audit.error} again={() => void audit.refetch()} />
      ) : null}
      <ol className="timeline">
        {timelineOf(election, audit.data ?? [], now, nominationsEndAt).map(
          ({ code, state, title, at, by }) => (
            <li key={`${code}-${at}-${by}`} className={`moment moment-${state}`}>
              <span className="moment-shape" aria-hidden="true">
                {SHAPES[state]}
              </span>
              <p>
                <b>{title}</b>
                <span className="sr-only"> ({STATE_WORDS[state]})</span>
                {at === null ? null : (
                  <>
                    <br />
                    <time dateTime={new Date(at).toISOString()} title={formatLocal(at)}>
                      {formatUtc(at)}
                    </time>{' '}
                    <span className="soft">
                      {state === 'done' ? formatAgo(at, now) : formatRelative(at, now)}
                      {by === null ? '' : ` by ${by}`}
                    </span>
                  </>
                )}
              </p>
            </li>
          ),
        )}
      </ol>
    </Panel>
  );
}
