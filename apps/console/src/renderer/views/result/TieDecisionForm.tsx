import { useState } from 'react';
import { Checkbox, CheckboxGroup, Input, Label, TextField } from 'react-aria-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OpenTie, Outcome } from '@elekto/tally';
import { nameOf, tieSentence, type Names } from '@elekto/words';
import type { ElectionOverview, ElectionResult } from '../../backend/model.ts';
import { useBackend } from '../../host/host-context.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useToast } from '../../parts/toast.tsx';
import texts from '../../texts/tie.json' with { type: 'json' };
import { ConfirmTieDecision } from './ConfirmTieDecision.tsx';
import { TieProposed } from './TieProposed.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly result: ElectionResult;
  readonly names: Names;
}

/** Ties at the last seats are decided by people; here it is written down, with who says so, one tie after another. */
export function TieDecisionForm({ election, result, names }: Props) {
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

/** Whether another officer has said the very same, so that saying it decides. */
function isSaidAlready(
  proposed: ElectionOverview['tieProposed'],
  { winners, how }: { readonly winners: readonly string[]; readonly how: string },
): boolean {
  if (proposed === null || proposed.own || proposed.how !== how) return false;
  return new Set([...winners, ...proposed.winners]).size === winners.length;
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
  const [winners, setWinners] = useState<readonly string[]>([]);
  const [how, setHow] = useState('');
  const [confirming, setConfirming] = useState(false);
  const [agreeing, setAgreeing] = useState(false);
  const proposed = election.tieProposed?.winners.every((id) => tie.candidates.includes(id))
    ? election.tieProposed
    : null;
  const chosen = agreeing && proposed !== null ? proposed : { winners, how: how.trim() };
  const ask = (agree: boolean): void => {
    setAgreeing(agree);
    setConfirming(true);
  };
  const record = useMutation({
    mutationFn: () => backend.recordTieDecision(election.key, chosen.winners, chosen.how),
    onSuccess: async (step) => {
      toast(texts[step]);
      // What can be published now, and what comes next, changes with it.
      await client.invalidateQueries();
    },
  });
  const complete = winners.length === tie.seats && how.trim() !== '';
  return (
    <Panel title="Decide the tie" className="no-print">
      <p className="reading">
        {tieSentence(outcome, tie, names, 'en')} Decide it as your charter says (a lot drawn in public, a
        run-off), then record it here; it is published with the result.
      </p>
      {record.error ? <ErrorNotice error={record.error} /> : null}
      <TieProposed proposed={proposed} outcome={outcome} tie={tie} names={names} onAgree={() => ask(true)} />
      <CheckboxGroup className="field" value={[...winners]} onChange={setWinners}>
        <Label>
          Who takes {tie.seats === 1 ? 'the seat' : `the ${tie.seats} seats`} ({winners.length} of {tie.seats}{' '}
          chosen)
        </Label>
        <div className="checks">
          {tie.candidates.map((id) => (
            <Checkbox
              key={id}
              value={id}
              className="check"
              isDisabled={!winners.includes(id) && winners.length >= tie.seats}
            >
              {nameOf(names, id)}
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      <TextField className="field" value={how} onChange={setHow} maxLength={1000}>
        <Label>How it was decided</Label>
        <Input placeholder="Drawn by lot in the public meeting of 4 October" />
      </TextField>
      <Button tone="primary" isDisabled={!complete || record.isPending} onPress={() => ask(false)}>
        {election.fourEyes ? texts.propose : texts.record}
      </Button>
      <ConfirmTieDecision
        open={confirming}
        outcome={outcome}
        tie={tie}
        winners={chosen.winners}
        how={chosen.how}
        step={election.fourEyes && !isSaidAlready(proposed, chosen) ? 'proposal' : 'final'}
        names={names}
        onConfirm={() => record.mutate()}
        onOpenChange={setConfirming}
      />
    </Panel>
  );
}
