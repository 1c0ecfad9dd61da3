import { Checkbox, CheckboxGroup, Input, Label, TextField } from 'react-aria-components';
import type { OpenTie } from '@elekto/tally';
import { nameOf, termIn, type Names } from '@elekto/words';

/** Who took the seats of a tie, and how that was found. */
export interface TieSaid {
  readonly winners: readonly string[];
  readonly how: string;
}

interface Props {
  readonly tie: OpenTie;
  readonly names: Names;
  readonly said: TieSaid;
  readonly onChange: (said: TieSaid) => void;
}

/** What an officer says about a tie: as many winners as there are seats, and how they were found. */
export function TieFields({ tie, names, said, onChange }: Props) {
  const { winners, how } = said;
  return (
    <>
      <CheckboxGroup
        className="field"
        value={[...winners]}
        onChange={(chosen) => onChange({ ...said, winners: chosen })}
      >
        <Label>
          {tie.term === undefined ? (
            <>Who takes {tie.seats === 1 ? 'the seat' : `the ${tie.seats} seats`}</>
          ) : (
            <>Who serves {termIn(tie.term, 'en')}</>
          )}{' '}
          ({winners.length} of {tie.seats} chosen)
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
      <TextField
        className="field"
        value={how}
        onChange={(text) => onChange({ ...said, how: text })}
        maxLength={1000}
      >
        <Label>How it was decided</Label>
        <Input placeholder="Drawn by lot in the public meeting of 4 October" />
      </TextField>
    </>
  );
}

/** Whether nothing is left to say. */
export const isComplete = ({ winners, how }: TieSaid, { seats }: OpenTie): boolean =>
  winners.length === seats && how.trim() !== '';

/** Whether two officers say the very same; the order of winners says nothing. */
export const isSame = (one: TieSaid, other: TieSaid): boolean =>
  one.how === other.how && [...one.winners].sort().join('\n') === [...other.winners].sort().join('\n');
