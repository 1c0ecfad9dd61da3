import type { Result } from '@elekto/custody';

import { CliError } from '../cli-error.ts';
import { printable } from '../terminal.ts';
import { wayOutOf } from './way-out.ts';

/** The value; what was refused ends the command with its sentence, in one line, and the way out. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code } = result.error;
  const message = printable(result.error.message);
  const wayOut = wayOutOf(code);
  throw new CliError(wayOut === null ? message : `${message} ${wayOut}`);
}
