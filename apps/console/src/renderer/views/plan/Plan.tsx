import { activitiesFor, checklist } from '@elekto/words';
import type { ElectionOverview } from '../../backend/model.ts';
import { useDefinition } from '../../backend/queries.ts';
import { useHost } from '../../host/host-context.ts';
import { useNow } from '../../lib/server-clock.ts';
import { formatUtc } from '../../lib/time.ts';
import { Button } from '../../parts/Button.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { useAttempt } from '../../parts/use-attempt.ts';

/** What officers do when, by the dates of the election, as `elekto plan` writes it; the next of it is marked. */
export function Plan({ election }: { election: ElectionOverview }) {
  const now = useNow();
  const host = useHost();
  const definition = useDefinition(election.key);
  const { error, attempt } = useAttempt();
  if (definition.error && !definition.data) return <ErrorNotice error={definition.error} />;
  if (!definition.data) return <Loading what="the plan" />;
  const { nominations } = definition.data;
  const activities = activitiesFor({ ...election, ...(nominations !== null && { nominations }) });
  const next = activities.find(({ at }) => at > now);
  return (
    <>
      <p className="reading soft">
        By the dates of the election; <code>elekto plan</code> keeps it as a file and a calendar, with what is
        done.
      </p>
      <ol className="timeline">
        {activities.map(({ id, at, what, how }) => (
          <li key={id} className={`moment moment-${at <= now ? 'done' : id === next?.id ? 'now' : 'coming'}`}>
            <span className="moment-shape" aria-hidden="true">
              {id === next?.id ? '◆' : '○'}
            </span>
            <p>
              <b>{what}</b>
              {id === next?.id ? <span className="sr-only"> (next)</span> : null}
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
              await host.copyText(checklist(election, activities, new Set()));
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
