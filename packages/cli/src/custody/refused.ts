import type { Result } from '@elekto/custody';

import { CliError } from '../cli-error.ts';

/** The value; what was refused ends the command with its sentence. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new CliError(result.error.message);
}
