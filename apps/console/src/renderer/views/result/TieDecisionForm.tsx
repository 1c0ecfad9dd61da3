import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OpenTie, Outcome } from '@elekto/tally';
import { tieSentence, type Names } from '@elekto/words';
import type { ElectionOverview, ElectionResult } from '../../backend/model.ts';
import { useBackend } from '../../host/host-context.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
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
  return result.outcome.seats.openTies.map((tie) => (
    <DecideTie
      key={tie.candidates.join(' ')}
      election={election}
      outcome={result.outcome}
      tie={tie}
      names={names}
    />
  ));
}

/** First the winners and how they were found, then the same once more in the words that will be published. */
function DecideTie({
  election,
  outcome,
  tie,
  names,
}: Omit<Props, 'result'> & { readonly outcome: Outcome; readonly tie: OpenTie }) {
  const backend = useBackend();
  const client = useQueryClient();
  const toast = useToast();
  const [said, setSaid] = useState<TieSaid>({ winners: [], how: '' });
  // The words of the moment when it was pressed: another officer may change theirs meanwhile.
  const [asked, setAsked] = useState<TieSaid | null>(null);
  const proposed = election.tieProposed?.winners.every((id) => tie.candidates.includes(id))
    ? election.tieProposed
    : null;
  const isLast = proposed !== null && !proposed.own && asked !== null && isSame(proposed, asked);
  const record = useMutation({
    mutationFn: ({ winners, how }: TieSaid) => backend.recordTieDecision(election.key, winners, how),
    onSuccess: async (step) => {
      toast(texts[step]);
      // What can be published now, and what comes next, changes with it.
      await client.invalidateQueries();
    },
  });
  return (
    <Panel title="Decide the tie" className="no-print">
      <p className="reading">
        {tieSentence(outcome, tie, names, 'en')} Decide it as your charter says (a lot drawn in public, a
        run-off), then record it here; it is published with the result.
      </p>
      {record.error ? <ErrorNotice error={record.error} /> : null}
      <TieProposed
        proposed={proposed}
        outcome={outcome}
        tie={tie}
        names={names}
        onAgree={() => setAsked(proposed)}
      />
      <TieFields tie={tie} names={names} said={said} onChange={setSaid} />
      <Button
        tone="primary"
        isDisabled={!isComplete(said, tie) || record.isPending}
        onPress={() => setAsked({ ...said, how: said.how.trim() })}
      >
        {election.fourEyes ? texts.propose : texts.record}
      </Button>
      <ConfirmTieDecision
        open={asked !== null}
        outcome={outcome}
        tie={tie}
        winners={asked?.winners ?? []}
        how={asked?.how ?? ''}
        step={election.fourEyes && !isLast ? 'proposal' : 'final'}
        names={names}
        onConfirm={() => asked !== null && record.mutate(asked)}
        onOpenChange={(open) => {
          if (!open) setAsked(null);
        }}
      />
    </Panel>
  );
}
