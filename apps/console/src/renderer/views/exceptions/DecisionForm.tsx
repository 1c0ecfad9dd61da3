import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { phrase } from '@elekto/words';
import type { ElectionOverview, ExceptionRequest } from '../../backend/model.ts';
import { singleKey } from '../../lib/single-key.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { useToast } from '../../parts/toast.tsx';
import texts from '../../texts/exceptions.json' with { type: 'json' };
import { DECISION_KEYS, type Decision } from './keys.ts';
import { saysFailed, useDecide } from './use-decide.ts';
import type { Undo } from './use-undo.ts';

interface Props {
  readonly request: ExceptionRequest;
  readonly election: ElectionOverview;
  readonly undo: Undo;
}

/** Px of the reason that are enough to know that it is there to be read. */
const SEEN = 40;

/** Whether the beginning of a text, or what fits of it, is in the window. */
function isInView(element: Element): boolean {
  const { top, bottom, height } = element.getBoundingClientRect();
  return Math.min(bottom, window.innerHeight) - Math.max(top, 0) >= Math.min(height, SEEN);
}

/** Approve, decline or ask; the note is kept with the decision and shown to whoever asked. */
export function DecisionForm({ request, election, undo }: Props) {
  const toast = useToast();
  const [note, setNote] = useState('');
  const form = useRef<HTMLElement>(null);
  const decide = useDecide(election.key);
  const { proposal } = request;
  /** Decided so, or proposed so by this officer: saying it again changes nothing. */
  const isTaken = (status: Decision): boolean =>
    proposal === null ? request.status === status : proposal.own && proposal.decision === status;
  const word = (status: 'approved' | 'declined', alone: string): string => {
    if (!election.fourEyes) return alone;
    return texts[proposal?.own === false && proposal.decision === status ? 'agree' : 'propose'][status];
  };
  const take = (status: Decision): void => {
    if (decide.isPending || undo.isTaking() || isTaken(status)) return;
    // Said also when the officer is at the next request by then, where this form is gone.
    void decide.mutateAsync({ requests: [request], status, note }).then(
      ({ proposed, last }) => {
        setNote('');
        const said = texts.done[proposed > 0 ? 'proposed' : status];
        if (last !== null) undo.say(phrase(said, { login: request.login }, 'en'), request, last);
      },
      (error: unknown) => toast(saysFailed(error, request.login, texts.done.failed)),
    );
  };
  const press = useEffectEvent((event: KeyboardEvent): void => {
    const status = DECISION_KEYS[singleKey(event) ?? ''];
    if (status === undefined) return;
    event.preventDefault();
    const reason = form.current?.closest('article')?.querySelector('.reason') ?? null;
    // Nobody decides by a key what they do not see.
    if (status !== 'more-information' && reason !== null && !isInView(reason)) {
      reason.scrollIntoView({ block: 'center' });
      toast(phrase(texts['read-first'], { login: request.login }, 'en'));
      return;
    }
    // Nobody can answer a question that was not asked.
    if (status === 'more-information' && note.trim() === '') form.current?.querySelector('textarea')?.focus();
    else take(status);
  });
  useEffect(() => {
    const queue = form.current?.closest<HTMLElement>('.queue');
    const listen = (event: KeyboardEvent): void => press(event);
    queue?.addEventListener('keydown', listen);
    return () => queue?.removeEventListener('keydown', listen);
  }, []);
  const button = (status: Decision, said: string, tone: 'primary' | 'plain' | 'danger') => (
    <Button
      tone={tone}
      isPending={decide.isPending}
      isDisabled={isTaken(status)}
      onPress={() => take(status)}
    >
      {said}
    </Button>
  );
  return (
    <section ref={form} className="decision" aria-label="Decision">
      {decide.error ? <ErrorNotice error={decide.error} /> : null}
      <TextField className="field" value={note} onChange={setNote} maxLength={5000}>
        <Label>Note to {request.login} (optional)</Label>
        <TextArea rows={3} />
      </TextField>
      <div className="actions">
        {button('approved', word('approved', 'Approve'), 'primary')}
        {button('declined', word('declined', 'Decline'), 'danger')}
        {button('more-information', 'Ask for more', 'plain')}
      </div>
    </section>
  );
}
