import { useState } from 'react';
import type { ElectionOverview, ElectionResult } from '../../backend/model.ts';
import { useBackend, useHost } from '../../host/host-context.ts';
import { fileName } from '../../lib/file-name.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { useToast } from '../../parts/toast.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly result: ElectionResult;
}

/** Files for the officers' own archive. */
export function Exports({ election, result }: Props) {
  const backend = useBackend();
  const host = useHost();
  const toast = useToast();
  const [error, setError] = useState<unknown>(null);
  const save = (name: string, content: () => Promise<string>) => async () => {
    setError(null);
    try {
      const file = fileName(election.key, name);
      if ((await host.saveFile(file, await content())) === 'saved') toast(`Saved ${file}`);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <div className="exports">
      {error === null ? null : <ErrorNotice error={error} />}
      <div className="actions" role="group" aria-label="Save a copy">
        <Button onPress={() => void save('ballots.csv', () => backend.ballotsCsv(election.key))()}>
          Save ballots (CSV)
        </Button>
        <Button onPress={() => void save('results.json', () => backend.resultsJson(election.key))()}>
          Save signed result (JSON)
        </Button>
        <Button
          onPress={() =>
            void save('outcome.json', async () => `${JSON.stringify(result.outcome, null, 2)}\n`)()
          }
        >
          Save outcome (JSON)
        </Button>
      </div>
    </div>
  );
}
