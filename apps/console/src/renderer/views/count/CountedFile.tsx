import { useMemo, useState } from 'react';
import { METHODS, toJson, type MethodName } from '@elekto/tally';
import type { BallotFile } from '@elekto/formats';
import { useHost } from '../../host/host-context.ts';
import { fileName } from '../../lib/file-name.ts';
import { Button } from '../../parts/Button.tsx';
import { Choice } from '../../parts/Choice.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { useAttempt } from '../../parts/use-attempt.ts';
import texts from '../../texts/count-file.json' with { type: 'json' };
import { OutcomePanels } from '../result/OutcomePanels.tsx';
import { SeatsTold } from '../result/SeatsTold.tsx';
import { countFile } from './count-file.ts';

interface Props {
  readonly name: string;
  readonly file: BallotFile;
  /** What was read, on one line. */
  readonly about: string;
}

/** Candidates of a file are called as the file calls them. */
const NAMES = {};

/** One file by a method and a number of seats that can be changed. */
export function CountedFile({ name, file, about }: Props) {
  const host = useHost();
  const { attempt } = useAttempt();
  const [method, setMethod] = useState<MethodName>('schulze');
  const [seats, setSeats] = useState(file.seats ?? 1);
  const counted = useMemo(() => countFile(file, method, seats), [file, method, seats]);
  const all = Array.from(file.ballots.candidates, (_, n) => String(n + 1));
  // As many as the file says, also where that is more than anybody could fill.
  const offered = all.includes(String(seats)) ? all : [...all, String(seats)];
  return (
    <>
      <h2>{name}</h2>
      <p className="reading soft">{about}</p>
      <div className="inline-form">
        <Choice
          label={texts.method}
          value={method}
          options={METHODS.map((each) => [each.name, each.title])}
          onChange={(value) => setMethod(value as MethodName)}
        />
        <Choice
          label={texts.seats}
          value={String(seats)}
          options={offered.map((each) => [each, each])}
          onChange={(value) => setSeats(Number(value))}
        />
        {'outcome' in counted ? (
          <Button
            onPress={() =>
              void attempt(async () => {
                const saved = fileName(name, 'outcome.json');
                return (await host.saveFile(saved, toJson(counted.outcome))) === 'saved'
                  ? `Saved ${saved}`
                  : null;
              })
            }
          >
            {texts.save}
          </Button>
        ) : null}
      </div>
      {'outcome' in counted ? (
        <>
          <SeatsTold outcome={counted.outcome} names={NAMES} decisions={[]} />
          <p className="reading soft">{texts['not-the-result']}</p>
          <OutcomePanels outcome={counted.outcome} names={NAMES} limit={null} />
        </>
      ) : (
        <Notice tone="warn" title={texts.uncountable}>
          <p>{counted.why}</p>
        </Notice>
      )}
    </>
  );
}
