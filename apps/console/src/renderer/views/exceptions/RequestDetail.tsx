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
import { STATUS_WORD } from '../../lib/request-status.ts';
import { STATUS_SHAPE } from './filter.ts';

interface Props {
  readonly request: ExceptionRequest;
  readonly election: ElectionOverview;
}

/** Who asks, why, what was decided so far, and the decision. */
export function RequestDetail({ request, election }: Props) {
  const host = useHost();
  const provider = useProvider();
  const profiles = provider?.profiles ?? null;
  return (
    <article className="request" aria-labelledby="request-title">
      <header>
        <div className="copyable">
          <h2 id="request-title">{request.login}</h2>
          <CopyButton what={`login ${request.login}`} text={request.login} />
        </div>
        <span className={`status status-${request.status}`}>
          <span aria-hidden="true">{STATUS_SHAPE[request.status]}</span> {STATUS_WORD[request.status]}
        </span>
      </header>
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
      <h3>Reason</h3>
      <LinkedText text={request.reason} />
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
      <ProposalNote proposal={request.proposal} />
      <DecisionForm request={request} election={election} />
      {request.status === 'approved' ? (
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
