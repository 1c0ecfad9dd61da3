import type { ElectionOverview, ExceptionRequest } from '../../backend/model.ts';
import { useProvider } from '../../backend/queries.ts';
import { formatRoute } from '../../lib/route.ts';
import { formatUtc } from '../../lib/time.ts';
import { useHost } from '../../host/host-context.ts';
import { Button } from '../../parts/Button.tsx';
import { CopyButton } from '../../parts/Copyable.tsx';
import { DecisionForm } from './DecisionForm.tsx';
import { DecisionHistory } from './DecisionHistory.tsx';
import { LinkedText } from './LinkedText.tsx';
import { ProposalNote } from './ProposalNote.tsx';
import { LATE_WORD, STATUS_WORD } from '../../lib/request-status.ts';
import { STATUS_SHAPE } from './filter.ts';
import type { Undo } from './use-undo.ts';

interface Props {
  readonly request: ExceptionRequest;
  readonly election: ElectionOverview;
  /** Voting is over: there is nothing to decide any more. */
  readonly isOver: boolean;
  readonly undo: Undo;
}

/** Why somebody asks, who they are, what was decided so far, and the decision. */
export function RequestDetail({ request, election, isOver, undo }: Props) {
  const host = useHost();
  const provider = useProvider();
  const words = isOver ? LATE_WORD : STATUS_WORD;
  const profiles = provider?.profiles ?? null;
  return (
    <article className="request" aria-labelledby="request-title">
      <header>
        <div className="copyable">
          <h2 id="request-title">{request.login}</h2>
          <CopyButton what={`login ${request.login}`} text={request.login} />
        </div>
        <span className={`status status-${request.status}`}>
          <span aria-hidden="true">{STATUS_SHAPE[request.status]}</span> {words[request.status]}
        </span>
      </header>
      <h3>Reason</h3>
      <LinkedText text={request.reason} />
      <dl className="card-facts">
        <div>
          <dt>Name</dt>
          <dd>{request.name}</dd>
        </div>
        <div>
          <dt>E-mail</dt>
          <dd>
            {request.email === '' ? (
              'Not given'
            ) : (
              <span className="copyable">
                {request.email} <CopyButton what="e-mail address" text={request.email} />
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>Asked</dt>
          <dd>{formatUtc(request.requestedAt)}</dd>
        </div>
      </dl>
      <p>
        {provider === undefined || profiles === null ? null : (
          <Button
            tone="quiet"
            onPress={() => void host.openExternal(`${profiles}/${encodeURIComponent(request.login)}`)}
          >
            Open {request.login} on {provider.name}
          </Button>
        )}
      </p>
      {isOver ? null : (
        <>
          <ProposalNote proposal={request.proposal} />
          <DecisionForm request={request} election={election} undo={undo} />
        </>
      )}
      {request.status === 'approved' && !isOver ? (
        <p>
          <a href={formatRoute({ page: 'election', key: election.key, tab: 'roll' })}>
            Put approved people on the roll
          </a>
        </p>
      ) : null}
      <DecisionHistory history={request.history} />
    </article>
  );
}
