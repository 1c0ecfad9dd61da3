import type { ExceptionRequest } from '../../backend/model.ts';
import { formatShortUtc } from '../../lib/time.ts';
import { STATUS_WORD } from '../../lib/request-status.ts';
import { PROPOSED, STATUS_SHAPE } from './filter.ts';

/** One line of the queue. */
export function RequestRow({ request }: { request: ExceptionRequest }) {
  return (
    <>
      <span className="row-main">
        <b>{request.login}</b> <span className="soft">{request.name}</span>
      </span>
      <span className="row-side">
        <span className={`status status-${request.status}`}>
          <span aria-hidden="true">{STATUS_SHAPE[request.status]}</span>{' '}
          {request.proposal === null ? STATUS_WORD[request.status] : PROPOSED[request.proposal.decision]}
        </span>
        <span className="soft">{formatShortUtc(request.requestedAt)}</span>
      </span>
    </>
  );
}
