import { useEffect, useState } from 'react';
import { useHost } from '../host/host-context.ts';
import { buildReport } from '../lib/report.ts';
import { Button } from './Button.tsx';

interface Props {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** What the officer sees when a view broke: what happened, what to do, a report to copy. */
export function CrashScreen({ error, onRetry }: Props) {
  const host = useHost();
  const [report, setReport] = useState('');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    void host.about().then((about) => setReport(buildReport(error, about)));
  }, [error, host]);
  return (
    <main className="crash">
      <h1>This view stopped working</h1>
      <p>
        Nothing was lost: ballots, requests and results are on the server. Try again; if it happens again,
        send the report below to whoever runs your Elekto. Tokens, passwords and addresses are taken out of
        it.
      </p>
      <div className="actions">
        <Button tone="primary" onPress={onRetry}>
          Try again
        </Button>
        <Button onPress={() => window.location.assign('#/')}>Go to home</Button>
        <Button onPress={() => void host.copyText(report).then(() => setCopied(true))}>
          {copied ? 'Copied' : 'Copy report'}
        </Button>
      </div>
      <pre className="report" tabIndex={0} aria-label="Report">
        {report}
      </pre>
    </main>
  );
}
