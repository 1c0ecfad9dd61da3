import { phrase } from '@elekto/words';
import type { ExceptionRequest } from '../../backend/model.ts';
import { Notice } from '../../parts/Notice.tsx';
import texts from '../../texts/exceptions.json' with { type: 'json' };

const { proposal: words } = texts;

/** What one officer proposed and another has to take, too; nothing when nothing waits. */
export function ProposalNote({ proposal }: Pick<ExceptionRequest, 'proposal'>) {
  if (proposal === null) return null;
  const { by, decision, own } = proposal;
  return (
    <Notice tone={own ? 'info' : 'warn'} title={phrase(words[own ? 'own' : 'other'][decision], { by }, 'en')}>
      <p>{own ? words.waits : words.agree}</p>
    </Notice>
  );
}
