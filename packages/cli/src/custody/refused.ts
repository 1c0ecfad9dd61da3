import type { Result } from '@elekto/custody';

import { CliError } from '../cli-error.ts';
import { wayOutOf } from './way-out.ts';

/** The value; what was refused ends the command with its sentence and the way out. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, message } = result.error;
  const wayOut = wayOutOf(code);
  throw new CliError(wayOut === null ? message : `${message} ${wayOut}`);
}
