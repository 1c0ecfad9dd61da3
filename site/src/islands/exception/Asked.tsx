import type { Stand } from '@elekto/protocol/stand';
import { fill } from '../../texts/fill.ts';
import type { StandDates } from '../../stand/stand-words.ts';
import { inWords } from '../../time.ts';
import type { ExceptionRequest } from '../shared/api.ts';
import { Heading } from '../shared/Heading.tsx';
import { StandNote } from '../shared/StandNote.tsx';
import type { ExceptionPage } from './exception-page.ts';
import { Reply } from './Reply.tsx';

interface Props {
  readonly request: ExceptionRequest;
  readonly stand: Stand;
  readonly dates: StandDates;
  readonly sent: 'request' | 'reply' | null;
  readonly page: ExceptionPage;
  readonly onReply: (text: string) => Promise<void>;
  /** The request is no longer as it is shown. */
  readonly onChanged: () => void;
}

/** What was asked, what became of it, and the conversation about it; with a field where an answer is waited for. */
export function Asked({ request, stand, dates, sent, page, onReply, onChanged }: Props) {
  const t = page.texts.exception;
  const { kind } = stand;
  // The states in which this page is the next step itself, and says it with the request.
  const here = kind === 'asked' || kind === 'more-asked' || kind === 'approved' || kind === 'declined';
  return (
    <>
      {sent !== null && (
        <div className="note good">
          <Heading>{sent === 'reply' ? t.replySent : t.sent}</Heading>
          <p>{t.sentText}</p>
        </div>
      )}
      {here ? (
        sent === null && (
          <StandNote stand={{ kind, next: null }} dates={dates} electionKey={page.data.key} page={page} />
        )
      ) : (
        <StandNote stand={stand} dates={dates} electionKey={page.data.key} page={page} />
      )}
      <h2>{t.yours}</h2>
      <dl className="facts-list wide">
        <div>
          <dt>{t.name}</dt>
          <dd>{request.name}</dd>
        </div>
        <div>
          <dt>{t.email}</dt>
          <dd>{request.email}</dd>
        </div>
        <div>
          <dt>{t.reason}</dt>
          <dd className="as-written">{request.reason}</dd>
        </div>
      </dl>
      {request.history.length > 0 && (
        <>
          <h3>{t.history}</h3>
          <ol className="timeline">
            {request.history.map((step, i) => (
              <li key={`${i} ${step.at}`} className="past">
                <b>{step.from === 'voter' ? t.yourAnswer : t.states[step.status]}</b>{' '}
                {step.from === 'officer' && fill(t.by, { login: step.by })}
                <br />
                {inWords(step.at, page.lang)}
                {step.note && <p className="as-written">{step.note}</p>}
              </li>
            ))}
          </ol>
        </>
      )}
      {kind === 'more-asked' && <Reply page={page} onReply={onReply} onChanged={onChanged} />}
    </>
  );
}
