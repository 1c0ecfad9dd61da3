import type { ExceptionRequest } from '../../backend/model.ts';
import { formatShortUtc } from '../../lib/time.ts';
import { LATE_WORD, STATUS_WORD } from '../../lib/request-status.ts';
import { PROPOSED, STATUS_SHAPE } from './filter.ts';

/** One line of the queue. */
export function RequestRow({ request, isOver }: { request: ExceptionRequest; isOver: boolean }) {
  const words = isOver ? LATE_WORD : STATUS_WORD;
  return (
    <>
      <span className="row-main">
        <b>{request.login}</b> <span className="soft">{request.name}</span>
      </span>
      <span className="row-side">
        <span className={`status status-${request.status}`}>
          <span aria-hidden="true">{STATUS_SHAPE[request.status]}</span>{' '}
          {request.proposal === null || isOver ? words[request.status] : PROPOSED[request.proposal.decision]}
        </span>
        <span className="soft">{formatShortUtc(request.requestedAt)}</span>
      </span>
    </>
  );
}
