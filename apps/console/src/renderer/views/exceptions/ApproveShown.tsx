import { useState } from 'react';
import { phrase } from '@elekto/words';
import type { ElectionOverview, ExceptionRequest } from '../../backend/model.ts';
import { Button } from '../../parts/Button.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { useToast } from '../../parts/toast.tsx';
import texts from '../../texts/exceptions.json' with { type: 'json' };
import { useDecide } from './use-decide.ts';

interface Props {
  readonly election: ElectionOverview;
  /** Open ones, as the list shows them. */
  readonly requests: readonly ExceptionRequest[];
}

/** More at once nobody has read. */
const MOST = 50;

/** Approves every open request of the list at once, for officers who have read them. */
export function ApproveShown({ election, requests: shown }: Props) {
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const requests = shown.filter(({ proposal }) => proposal?.own !== true);
  const decide = useDecide(election.key, requests);
  if (requests.length < 2 || requests.length > MOST) return null;
  return (
    <>
      {decide.error ? <ErrorNotice error={decide.error} /> : null}
      <Button isDisabled={decide.isPending} onPress={() => setAsking(true)}>
        Approve all {requests.length} of the list
      </Button>
      <ConfirmDialog
        open={asking}
        title="Approve all of them?"
        confirm="Approve them"
        cancel="Not yet"
        onConfirm={() =>
          decide.mutate(
            { status: 'approved', note: '' },
            {
              onSuccess: ({ done, proposed, changed }) => {
                const [all, some] =
                  proposed > 0
                    ? ([texts.allProposed, texts.someProposed] as const)
                    : ([texts.all, texts.some] as const);
                toast(phrase(changed === 0 ? all : some, { n: done, changed }, 'en'));
              },
            },
          )
        }
        onOpenChange={setAsking}
      >
        <p>Without a note, and each can be decided otherwise later. What changed meanwhile is left out.</p>
        <ul className="logins">
          {requests.map(({ id, login, name }) => (
            <li key={id}>
              <b>{login}</b> {name}
            </li>
          ))}
        </ul>
      </ConfirmDialog>
    </>
  );
}
