import { useState } from 'react';
import { Input, Label, Text, TextField } from 'react-aria-components';
import type { OpenTie } from '@elekto/tally';
import { nameOf, type Names } from '@elekto/ui';
import { decidedSentence, listNames } from '../../lib/outcome-text.ts';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';

interface Props {
  readonly open: boolean;
  readonly tie: OpenTie;
  readonly winners: readonly string[];
  readonly how: string;
  readonly names: Names;
  readonly onConfirm: () => void;
  readonly onOpenChange: (open: boolean) => void;
}

const folded = (text: string): string => text.trim().replaceAll(/\s+/gu, ' ').toLocaleLowerCase();

/** The second step: what will stand in public for good, and the winners' names typed, so that no slip becomes a seat. */
export function ConfirmTieDecision({ open, tie, winners, how, names, onConfirm, onOpenChange }: Props) {
  const [typed, setTyped] = useState('');
  const name = (id: string): string => nameOf(names, id);
  const wanted = listNames(winners, name);
  return (
    <ConfirmDialog
      open={open}
      title="Is this how the tie was decided?"
      confirm="Record it for good"
      cancel="Go back"
      ready={folded(typed) === folded(wanted)}
      onConfirm={onConfirm}
      onOpenChange={(next) => {
        setTyped('');
        onOpenChange(next);
      }}
    >
      <p>This is final. It is signed with the result and will be published as:</p>
      <blockquote className="reading">{decidedSentence({ ...tie, winners, how }, name)}</blockquote>
      <TextField className="field" value={typed} onChange={setTyped} autoComplete="off">
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
