import { refusalWords } from '@elekto/words';
import { Refused, Unreachable } from '../backend/backend.ts';

export interface ErrorText {
  readonly title: string;
  /** What to do next. */
  readonly advice: string;
  /** A refusal, or no network; anything else is a fault of ours. */
  readonly isExpected: boolean;
}

/**
 * What happened and what to do next, for anything that a call can throw. Never internals. `isAct`: somebody wanted to do
 * something, which nothing does again by itself.
 */
export function describeError(error: unknown, isAct: boolean): ErrorText {
  if (error instanceof Refused) {
    const words = refusalWords(error.kind, 'en', 'officer');
    return words === null
      ? { title: error.message, advice: 'Reload and try again.', isExpected: true }
      : { title: words.title, advice: words.help, isExpected: true };
  }
  if (error instanceof Unreachable) {
    return {
      title: 'The server cannot be reached',
      advice: isAct
        ? 'Check your connection. Whether it was done is not known: look at it once the server is there again, before you do it anew.'
        : 'Check your connection. The console keeps trying.',
      isExpected: true,
    };
  }
  return {
    title: 'Something went wrong on our side',
    advice: 'Try again. If it happens again, copy the report and send it to the operator.',
    isExpected: false,
  };
}
