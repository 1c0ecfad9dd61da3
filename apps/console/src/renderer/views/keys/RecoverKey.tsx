import { useState, type SubmitEvent } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { HostKeys } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';

interface Props {
  readonly keys: HostKeys;
  readonly onDone: () => void;
}

/** Brings a key back from its twelve words. */
export function RecoverKey({ keys, onDone }: Props) {
  const client = useQueryClient();
  const [phrase, setPhrase] = useState('');
  const recover = useMutation({
    mutationFn: () => keys.recover(phrase),
    onSuccess: async (answer) => {
      if (answer.kind !== 'kept') return;
      await client.invalidateQueries({ queryKey: ['keys'] });
      await client.invalidateQueries({ queryKey: ['ceremonies'] });
      onDone();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!recover.isPending) recover.mutate();
  };
  const unknown = recover.data?.kind === 'no-phrase' ? recover.data.unknown : null;
  return (
    <form onSubmit={submit}>
      <TextField className="field" value={phrase} onChange={setPhrase} autoFocus>
        <Label>The twelve words on your paper, in their order</Label>
        <TextArea rows={3} autoComplete="off" spellCheck="false" autoCapitalize="none" />
      </TextField>
      {unknown === null ? null : (
        <Notice tone="bad" title="These are not the twelve words of a key">
          <p>
            {unknown.length > 0
              ? `No key has the word ${unknown.map((word) => `\u201c${word}\u201d`).join(', ')}. Look at your paper again.`
              : 'There have to be twelve, in the order in which they were shown. Two may be exchanged, or one may be another word.'}
          </p>
        </Notice>
      )}
      {recover.data?.kind === 'anothers' ? (
        <Notice tone="bad" title={`These are the words of ${recover.data.login}`}>
          <p>
            By the custody files and the keys that officers have published they are not yours. Nothing was
            kept. Look for your own paper. If it is your own old name, have its file in the folder officers
            renamed first.
          </p>
        </Notice>
      ) : null}
      {recover.data?.kind === 'nobodys' ? (
        <Notice tone="bad" title="These are the words of nobody who is known here">
          <p>
            By this server no custody file and no file in the folder officers names their key. Nothing was
            kept. Look for your own paper. If the file of that key was never merged, nothing was sealed to it:
            make a new key.
          </p>
        </Notice>
      ) : null}
      {recover.data?.kind === 'not-known' ? (
        <Notice tone="warn" title="The server does not answer: try again">
          <p>
            Whose words these are is asked of the custody files, and the server did not give them. Nothing was
            kept, and nothing is known against your words: they stay above. Make no new key for this. If it
            says so again, look whether you are still signed in.
          </p>
        </Notice>
      ) : null}
      {recover.data?.kind === 'refused' ? (
        <Notice tone="bad" title="Nothing was kept">
          <p>{recover.data.message}</p>
        </Notice>
      ) : null}
      {recover.error ? <ErrorNotice error={recover.error} /> : null}
      <div className="actions">
        <Button tone="primary" type="submit" isPending={recover.isPending} isDisabled={phrase.trim() === ''}>
          Bring my key back
        </Button>
        <Button tone="quiet" onPress={onDone}>
          Not now
        </Button>
      </div>
    </form>
  );
}
