import { useState } from 'react';
import { Input, Label, Text, TextField } from 'react-aria-components';
import type { OpenTie, Outcome } from '@elekto/tally';
import { decisionSentence, list, nameOf, type Names, phrase } from '@elekto/words';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import texts from '../../texts/tie.json' with { type: 'json' };

interface Props {
  readonly open: boolean;
  readonly outcome: Outcome;
  readonly tie: OpenTie;
  readonly winners: readonly string[];
  readonly how: string;
  /** Whether it holds as this officer says it, or waits for another one. */
  readonly step: keyof typeof texts.confirm;
  /** Which decision of the count is signed, from 1; where no officer signs one, null. */
  readonly number?: number | null;
  readonly names: Names;
  readonly onConfirm: () => void;
  readonly onOpenChange: (open: boolean) => void;
}

const folded = (text: string): string => text.trim().replaceAll(/\s+/gu, ' ').toLocaleLowerCase();

/** The second step: what will stand in public for good, and the winners' names typed, so that no slip becomes a seat. */
export function ConfirmTieDecision({
  open,
  outcome,
  tie,
  winners,
  how,
  step,
  number = null,
  names,
  onConfirm,
  onOpenChange,
}: Props) {
  // Typed for what was read: once another officer makes it final, it is read and typed anew.
  const [written, setWritten] = useState({ step, text: '' });
  const typed = written.step === step ? written.text : '';
  const setTyped = (text: string): void => setWritten({ step, text });
  const wanted = list(
    winners.map((id) => nameOf(names, id)),
    'en',
  );
  return (
    <ConfirmDialog
      open={open}
      title="Is this how the tie was decided?"
      confirm={texts.confirm[step].button}
      cancel="Go back"
      ready={folded(typed) === folded(wanted)}
      onConfirm={onConfirm}
      onOpenChange={(next) => {
        setTyped('');
        onOpenChange(next);
      }}
    >
      {number === null ? null : <p>{phrase(texts.officers.number, { number }, 'en')}</p>}
      <p>{texts.confirm[step].text}</p>
      <blockquote className="reading">
        {decisionSentence(outcome, { ...tie, winners, how }, names, 'en')}
      </blockquote>
      <TextField className="field" value={typed} onChange={setTyped} autoComplete="off" autoFocus>
        <Label>
          Type the {winners.length === 1 ? 'name' : 'names'} of who takes{' '}
          {tie.seats === 1 ? 'the seat' : 'the seats'}
        </Label>
        <Input spellCheck={false} />
        <Text slot="description">{wanted}</Text>
      </TextField>
    </ConfirmDialog>
  );
}
