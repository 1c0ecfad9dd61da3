import { activitiesFor, checklist } from '@elekto/words';
import type { ElectionOverview } from '../../backend/model.ts';
import { useDefinition } from '../../backend/queries.ts';
import { useHost } from '../../host/host-context.ts';
import { planDone } from '../../lib/plan-done.ts';
import { useNow } from '../../lib/server-clock.ts';
import { formatUtc } from '../../lib/time.ts';
import { Button } from '../../parts/Button.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { useAttempt } from '../../parts/use-attempt.ts';

/** What officers do when, by the dates of the election, as `elekto plan` writes it; what is done is ticked, the next of it marked. */
export function Plan({ election }: { election: ElectionOverview }) {
  const now = useNow();
  const host = useHost();
  const definition = useDefinition(election.key);
  const { error, attempt } = useAttempt();
  if (definition.error && !definition.data)
    return <ErrorNotice error={definition.error} again={() => void definition.refetch()} />;
  if (!definition.data) return <Loading what="the plan" />;
  const { nominations } = definition.data;
  const activities = activitiesFor({ ...election, ...(nominations !== null && { nominations }) });
  const done = planDone(election, definition.data, now);
  const next = activities.find(({ id, at }) => at > now && !done.has(id));
  return (
    <>
      <p className="reading soft">
        By the dates of the election, also as a file and a calendar by <code>elekto plan</code>. Ticked is
        what the election itself shows to be done, and what its <code>plan.yaml</code> has with{' '}
        <code>done: true</code>.
      </p>
      <ol className="timeline">
        {activities.map(({ id, at, what, how }) => (
          <li
            key={id}
            className={`moment moment-${done.has(id) ? 'done' : id === next?.id ? 'now' : 'coming'}`}
          >
            <span className="moment-shape" aria-hidden="true">
              {done.has(id) ? '✓' : id === next?.id ? '◆' : '○'}
            </span>
            <p>
              <b>{what}</b>
              {done.has(id) ? <span className="sr-only"> (done)</span> : null}
              {id === next?.id ? <span className="sr-only"> (next)</span> : null}
              {at <= now && !done.has(id) ? <span className="soft"> (its day has passed)</span> : null}
              <br />
              <time dateTime={new Date(at).toISOString()}>{formatUtc(at)}</time>{' '}
              <span className="soft">{how}</span>
            </p>
          </li>
        ))}
      </ol>
      {error === null ? null : <ErrorNotice error={error} />}
      <div className="actions">
        <Button
          onPress={() =>
            void attempt(async () => {
              await host.copyText(checklist(election, activities, done));
              return 'Checklist copied';
            })
          }
        >
          Copy as checklist
        </Button>
      </div>
    </>
  );
}
