import type { Refusal } from '@elekto/protocol/refusal';
import { refusalSentence } from '@elekto/words';

import { CliError } from './cli-error.ts';

/** What the ballot box refused, as a message: what it means, why where the kind does not tell, and what came of it. */
export function refused({ kind, why }: Refusal, after = ''): CliError {
  const reason = why === undefined ? '' : `(${why})`;
  return new CliError([refusalSentence(kind, 'en'), reason, after].filter((part) => part !== '').join(' '));
}
