import { RollEditError } from '@elekto/election';
import { RollFileError } from '@elekto/roll';
import { RollSourceError } from '@elekto/roll-sources';
import { CliError } from '../cli-error.ts';

/** What rolls, their files and their sources cannot do, as an error of the command. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RollSourceError || error instanceof RollFileError || error instanceof RollEditError)
      throw new CliError(error.message, { atOnce: true });
    throw error;
  }
}
