import { readInstant } from '@elekto/election';
import { InvalidArgumentError } from 'commander';

/** A moment given as a flag, Unix ms. @throws InvalidArgumentError with what is wrong with it and how it is written. */
export function readMoment(text: string): number {
  const read = readInstant(text, false);
  if (!read.ok) throw new InvalidArgumentError(`It ${read.why}. ${read.hint}`);
  return read.at;
}
