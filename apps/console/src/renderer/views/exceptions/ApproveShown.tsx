import { useState } from 'react';
import { phrase } from '@elekto/words';
import type { ElectionOverview, ExceptionRequest } from '../../backend/model.ts';
import { Button } from '../../parts/Button.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { useToast } from '../../parts/toast.tsx';
import texts from '../../texts/exceptions.json' with { type: 'json' };
import { useDecide, type Decided } from './use-decide.ts';

interface Props {
  readonly election: ElectionOverview;
  /** Open ones, as the list shows them. */
  readonly requests: readonly ExceptionRequest[];
}

/** More at once nobody has read. */
const MOST = 50;

/** Whether approving `n` requests decides them, of which another officer has proposed it for `agreed`. */
function wayOf(fourEyes: boolean, n: number, agreed: number): keyof typeof texts.batch {
  if (!fourEyes) return 'alone';
  if (agreed === 0) return 'propose';
  return agreed === n ? 'agree' : 'both';
}

/** What became of them, without what became of none. */
function saidOf({ done, proposed, changed }: Decided): string {
  const counts = { approved: done - proposed, proposed, changed } as const;
  return (['approved', 'proposed', 'changed'] as const)
    .filter((each) => counts[each] > 0)
    .map((each) => phrase(texts.batched[each], { n: counts[each] }, 'en'))
    .join('. ');
}

/** Approves every open request of the list at once, or proposes it, for officers who have read them. */
export function ApproveShown({ election, requests: shown }: Props) {
  const toast = useToast();
  // Those of the moment when it was pressed: who asks meanwhile was read by nobody.
  const [asked, setAsked] = useState<readonly ExceptionRequest[] | null>(null);
  const decide = useDecide(election.key);
  const listed = shown.filter(({ proposal }) => proposal?.own !== true);
  const requests = asked ?? listed;
  const n = requests.length;
  if (asked === null && (n < 2 || n > MOST)) return null;
  const agreed = requests.filter(({ proposal }) => proposal?.decision === 'approved').length;
  const words = texts.batch[wayOf(election.fourEyes, n, agreed)];
  return (
    <>
      {decide.error ? <ErrorNotice error={decide.error} /> : null}
      <Button isPending={decide.isPending} onPress={() => setAsked(listed)}>
        {phrase(words.button, { n }, 'en')}
      </Button>
      <ConfirmDialog
        open={asked !== null}
        title="Approve all of them?"
        confirm={words.confirm}
        cancel="Not yet"
        onConfirm={() =>
          void decide.mutateAsync({ requests, status: 'approved', note: '' }).then(
            (decided) => toast(saidOf(decided)),
            // Stands above the button.
            () => undefined,
          )
        }
        onOpenChange={(open) => {
          if (!open) setAsked(null);
        }}
      >
        <p>{phrase(words.text, { agreed }, 'en')}</p>
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
