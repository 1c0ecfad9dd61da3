import type { OpenTie, Outcome } from '@elekto/tally';
import { decisionSentence, phrase, type Names } from '@elekto/words';
import type { ElectionOverview } from '../../backend/model.ts';
import { Button } from '../../parts/Button.tsx';
import { Notice } from '../../parts/Notice.tsx';
import texts from '../../texts/tie.json' with { type: 'json' };

interface Props {
  readonly proposed: ElectionOverview['tieProposed'];
  readonly outcome: Outcome;
  readonly tie: OpenTie;
  readonly names: Names;
  readonly onAgree: () => void;
}

/** How one officer says that the tie was decided, for another to say the same. */
export function TieProposed({ proposed, outcome, tie, names, onAgree }: Props) {
  if (proposed === null) return null;
  const { by, own, winners, how } = proposed;
  const title = own ? texts.own : phrase(texts.other, { by }, 'en');
  return (
    <Notice tone={own ? 'info' : 'warn'} title={title}>
      <blockquote className="reading">
        {decisionSentence(outcome, { ...tie, winners, how }, names, 'en')}
      </blockquote>
      <p>{own ? texts.waits : texts.check}</p>
      {own ? null : (
        <Button tone="primary" onPress={onAgree}>
          {texts.agree}
        </Button>
      )}
    </Notice>
  );
}
