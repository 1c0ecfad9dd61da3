import { StrangeAnswer } from '@elekto/officer';

import { CliError } from '../cli-error.ts';

/** The work of a command, in which a server that answers in another form ends it with a sentence, as what it refuses does. */
export async function sensible<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StrangeAnswer) throw new CliError(error.message);
    throw error;
  }
}
