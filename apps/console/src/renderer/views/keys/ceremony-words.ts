import { list, phrase } from '@elekto/words';
import type { CeremonyView } from '../../../shared/keys.ts';
import texts from '../../texts/keys.json' with { type: 'json' };

interface Standing {
  readonly tone: 'info' | 'warn' | 'bad' | 'good';
  readonly title: string;
  readonly text: string | null;
}

export const nameList = (names: readonly string[]): string => list(names, 'en');

/** Where a ceremony stands, and who is waited for. */
export function standingOf({ state, waitingFor, dispute, inGit, reason }: CeremonyView): Standing {
  const said = { missing: nameList(waitingFor), complainer: dispute?.complainer ?? '' };
  const { standing } = texts;
  switch (state) {
    case 'dealing':
    case 'confirming':
      return { tone: 'info', title: phrase(standing[state].title, said, 'en'), text: null };
    case 'disputed':
      return {
        tone: 'warn',
        title: phrase(standing.disputed.title, said, 'en'),
        text: phrase(standing.disputed.text, said, 'en'),
      };
    case 'complete':
      return { tone: 'good', title: standing[inGit ? 'in-git' : 'complete'].title, text: null };
    case 'void':
      return { tone: 'bad', title: standing.void.title, text: reason };
  }
}

/** What this officer does next, in a sentence. */
export function nextOf({ step, inGit, officers }: CeremonyView): string {
  const { next } = texts;
  if (step === 'complete') return next[inGit ? 'in-git' : 'propose'];
  if (step !== null) return next[step];
  return next[officers.some(({ own }) => own) ? 'closed' : 'stranger'];
}
