import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { phrase } from '@elekto/words';
import type { DecideInput } from '../../backend/backend.ts';
import type { ElectionOverview, ExceptionRequest } from '../../backend/model.ts';
import { singleKey } from '../../lib/single-key.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { useToast } from '../../parts/toast.tsx';
import texts from '../../texts/exceptions.json' with { type: 'json' };
import { DECISION_KEYS } from './keys.ts';
import { useDecide } from './use-decide.ts';

interface Props {
  readonly request: ExceptionRequest;
  readonly election: ElectionOverview;
}

/** Approve, decline or ask; the note is kept with the decision and shown to whoever asked. */
export function DecisionForm({ request, election }: Props) {
  const toast = useToast();
  const [note, setNote] = useState('');
  const form = useRef<HTMLElement>(null);
  const decide = useDecide(election.key);
  const { proposal } = request;
  /** Decided so, or proposed so by this officer: saying it again changes nothing. */
  const isTaken = (status: DecideInput['status']): boolean =>
    proposal === null ? request.status === status : proposal.own && proposal.decision === status;
  const word = (status: 'approved' | 'declined', alone: string): string => {
    if (!election.fourEyes) return alone;
    return texts[proposal?.own === false && proposal.decision === status ? 'agree' : 'propose'][status];
  };
  const take = (status: DecideInput['status']): void => {
    if (decide.isPending || isTaken(status)) return;
    const say = (said: keyof typeof texts.done): void =>
      toast(phrase(texts.done[said], { login: request.login }, 'en'));
    // Said also when the officer is at the next request by then, where this form is gone.
    void decide.mutateAsync({ requests: [request], status, note }).then(
      ({ proposed }) => {
        setNote('');
        say(proposed > 0 ? 'proposed' : status);
      },
      () => say('failed'),
    );
  };
  const press = useEffectEvent((event: KeyboardEvent): void => {
    const status = DECISION_KEYS[singleKey(event) ?? ''];
    if (status === undefined) return;
    event.preventDefault();
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
  const button = (status: DecideInput['status'], said: string, tone: 'primary' | 'plain' | 'danger') => (
    <Button tone={tone} isDisabled={decide.isPending || isTaken(status)} onPress={() => take(status)}>
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
