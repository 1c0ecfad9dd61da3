import type { ExceptionRequest } from '../../backend/model.ts';
import { formatUtc } from '../../lib/time.ts';
import { STATUS_WORD } from './filter.ts';
import { LinkedText } from './LinkedText.tsx';

/** Who decided or answered what and when, newest last. */
export function DecisionHistory({ history }: { history: ExceptionRequest['history'] }) {
  if (history.length === 0) return null;
  return (
    <section aria-labelledby="history-title">
      <h3 id="history-title">So far</h3>
      <ol className="history">
        {history.map(({ at, from, by, status, note }) => (
          <li key={`${at}-${by}-${status}`}>
            <b>{from === 'voter' ? 'Answer' : STATUS_WORD[status]}</b> by {by}, {formatUtc(at)}
            {note === '' ? null : <LinkedText text={note} />}
          </li>
        ))}
      </ol>
    </section>
  );
}
