import { phrase } from '@elekto/words';
import type { ExceptionRequest } from '../../backend/model.ts';
import { formatUtc } from '../../lib/time.ts';
import texts from '../../texts/exceptions.json' with { type: 'json' };
import { STATUS_WORD } from '../../lib/request-status.ts';
import { LinkedText } from './LinkedText.tsx';

/** Who decided or answered what and when, newest last. */
export function DecisionHistory({ history }: { history: ExceptionRequest['history'] }) {
  if (history.length === 0) return null;
  return (
    <section aria-labelledby="history-title">
      <h3 id="history-title">So far</h3>
      <ol className="history">
        {history.map((step) => (
          <li key={`${step.at}-${step.by}-${step.status}`}>
            {sentence(step)}
            {step.note === '' ? null : <LinkedText text={step.note} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function sentence({
  at,
  from,
  by,
  status,
  proposes,
  proposedBy,
}: ExceptionRequest['history'][number]): string {
  const { history: words } = texts;
  const values = { by, at: formatUtc(at), status: STATUS_WORD[status], proposedBy: proposedBy ?? '' };
  if (from === 'voter') return phrase(words.answer, values, 'en');
  if (proposes !== undefined) return phrase(words[proposes], values, 'en');
  if (status === 'open') return phrase(words.reopened, values, 'en');
  return phrase(proposedBy === undefined ? words.step : words.agreed, values, 'en');
}
