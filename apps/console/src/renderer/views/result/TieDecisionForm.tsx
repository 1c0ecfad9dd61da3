import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OpenTie, Outcome } from '@elekto/tally';
import { tieSentence, type Names } from '@elekto/words';
import type { ElectionOverview, ElectionResult } from '../../backend/model.ts';
import { useBackend } from '../../host/host-context.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useToast } from '../../parts/toast.tsx';
import texts from '../../texts/tie.json' with { type: 'json' };
import { TieByOfficers } from './TieByOfficers.tsx';
import { ConfirmTieDecision } from './ConfirmTieDecision.tsx';
import { isComplete, isSame, TieFields, type TieSaid } from './TieFields.tsx';
import { TieProposed } from './TieProposed.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly result: ElectionResult;
  readonly names: Names;
}

/** Ties at the last seats are decided by people; here it is written down, with who says so, one tie after another. */
export function TieDecisionForm({ election, result, names }: Props) {
  if (result.manifest.suite === 2) return <TieByOfficers election={election} result={result} names={names} />;
  return <DecideTies election={election} outcome={result.outcome} names={names} />;
}

type DecideProps = Omit<Props, 'result'> & { readonly outcome: Outcome };

/** What an officer was about to say. It outlasts the form of its tie: another officer may decide that meanwhile. */
interface Asked {
  readonly tie: OpenTie;
  /** The words of the moment when it was pressed: another officer may change theirs meanwhile. */
  readonly said: TieSaid;
}

const keyOf = ({ candidates }: OpenTie): string => candidates.join(' ');

/** First the winners and how they were found, then the same once more in the words that will be published. */
function DecideTies({ election, outcome, names }: DecideProps) {
  const backend = useBackend();
  const client = useQueryClient();
  const toast = useToast();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { openTies } = outcome.seats;
  const isOpen = asked !== null && openTies.some((tie) => keyOf(tie) === keyOf(asked.tie));
  const record = useMutation({
    mutationFn: ({ winners, how }: TieSaid) => backend.recordTieDecision(election.key, winners, how),
    onSuccess: (step) => toast(texts[step]),
    // What can be published now, and what comes next, changes with it; where it was refused another officer was faster.
    onSettled: () => client.invalidateQueries(),
  });
  const proposed = election.tieProposed;
  const isLast = proposed !== null && !proposed.own && asked !== null && isSame(proposed, asked.said);
  return (
    <>
      {record.error ? <ErrorNotice error={record.error} /> : null}
      {asked === null || isOpen ? null : (
        <Notice tone="warn" title={texts.overtaken.title}>
          <p>{texts.overtaken.text}</p>
        </Notice>
      )}
      {openTies.map((tie) => (
        <DecideTie
          key={keyOf(tie)}
          {...{ election, outcome, tie, names }}
          isPending={record.isPending}
          onAsk={(said) => setAsked({ tie, said })}
        />
      ))}
      {isOpen ? (
        <ConfirmTieDecision
          open
          outcome={outcome}
          tie={asked.tie}
          winners={asked.said.winners}
          how={asked.said.how}
          step={election.fourEyes && !isLast ? 'proposal' : 'final'}
          names={names}
          onConfirm={() => record.mutate(asked.said)}
          onOpenChange={(open) => {
            if (!open) setAsked(null);
          }}
        />
      ) : null}
    </>
  );
}

interface OwnProps {
  readonly tie: OpenTie;
  readonly isPending: boolean;
  readonly onAsk: (said: TieSaid) => void;
}

function DecideTie({ election, outcome, tie, names, isPending, onAsk }: DecideProps & OwnProps) {
  const [said, setSaid] = useState<TieSaid>({ winners: [], how: '' });
  const proposed = election.tieProposed?.winners.every((id) => tie.candidates.includes(id))
    ? election.tieProposed
    : null;
  return (
    <Panel title={texts.title} className="no-print">
      <p className="reading">
        {tieSentence(outcome, tie, names, 'en')} Decide it as your charter says (a lot drawn in public, a
        run-off), then record it here; it is published with the result.
      </p>
      <TieProposed
        proposed={proposed}
        outcome={outcome}
        tie={tie}
        names={names}
        onAgree={() => proposed !== null && onAsk(proposed)}
      />
      <TieFields tie={tie} names={names} said={said} onChange={setSaid} />
      <Button
        tone="primary"
        isPending={isPending}
        isDisabled={!isComplete(said, tie)}
        onPress={() => onAsk({ ...said, how: said.how.trim() })}
      >
        {election.fourEyes ? texts.propose : texts.record}
      </Button>
    </Panel>
  );
}
