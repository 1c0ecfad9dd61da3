import { useState, type SubmitEvent } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NewKey } from '../../../shared/keys.ts';
import type { HostKeys } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';

interface Props {
  readonly keys: HostKeys;
  readonly onDone: () => void;
}

/** Shows twelve words to write down, and asks three of them back before the key is kept. */
export function MakeKey({ keys, onDone }: Props) {
  const [written, setWritten] = useState(false);
  const made = useQuery({
    queryKey: ['new-key'],
    queryFn: () => keys.begin(),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (made.error) return <ErrorNotice error={made.error} again={() => void made.refetch()} />;
  if (!made.data) return null;
  return written ? (
    <Prove keys={keys} made={made.data} onDone={onDone} onBack={() => setWritten(false)} />
  ) : (
    <>
      <p className="reading">
        Write these twelve words on paper, in this order. They bring your key back on any computer, and there
        is no other backup. Whoever has them has your key: no photo, no file.
      </p>
      <ol className="phrase">
        {made.data.words.map((word, i) => (
          <li key={i}>{word}</li>
        ))}
      </ol>
      <div className="actions">
        <Button tone="primary" onPress={() => setWritten(true)}>
          They are on paper
        </Button>
        <Button tone="quiet" onPress={onDone}>
          Not now
        </Button>
      </div>
    </>
  );
}

interface ProveProps {
  readonly keys: HostKeys;
  readonly made: NewKey;
  readonly onDone: () => void;
  readonly onBack: () => void;
}

function Prove({ keys, made, onDone, onBack }: ProveProps) {
  const client = useQueryClient();
  const [typed, setTyped] = useState<readonly string[]>(made.asked.map(() => ''));
  const prove = useMutation({
    mutationFn: () => keys.prove(typed),
    onSuccess: async (answer) => {
      if (answer.kind !== 'kept') return;
      await client.invalidateQueries({ queryKey: ['keys'] });
      onDone();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!prove.isPending) prove.mutate();
  };
  return (
    <form onSubmit={submit}>
      <p className="reading">Three of them, from your paper:</p>
      <div className="asked-words">
        {made.asked.map((place, i) => (
          <TextField
            key={place}
            className="field"
            value={typed[i] ?? ''}
            onChange={(value) => setTyped(typed.map((old, at) => (at === i ? value : old)))}
            autoFocus={i === 0}
          >
            <Label>Word {place + 1}</Label>
            <Input autoComplete="off" spellCheck="false" autoCapitalize="none" />
          </TextField>
        ))}
      </div>
      {prove.data?.kind === 'other-word' ? (
        <Notice tone="bad" title={`Word ${prove.data.place + 1} is another one`}>
          <p>Look at your paper, or at the words once more.</p>
        </Notice>
      ) : null}
      {prove.error ? <ErrorNotice error={prove.error} /> : null}
      <div className="actions">
        <Button tone="primary" type="submit" isPending={prove.isPending} isDisabled={typed.includes('')}>
          Keep this key
        </Button>
        <Button tone="quiet" onPress={onBack}>
          Show the words again
        </Button>
      </div>
    </form>
  );
}
