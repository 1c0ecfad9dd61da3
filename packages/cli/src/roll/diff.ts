import { differenceOf } from '@elekto/roll';
import { rollDifference } from '@elekto/words';
import { rollAt } from './roll-at.ts';
import { writeOut } from '../terminal.ts';

/** Says who is added and removed between two rolls. */
export async function diff(before: string, after: string): Promise<void> {
  const [old, now] = [await rollAt(before), await rollAt(after)];
  const lines = rollDifference(differenceOf(old, now), 'en');
  writeOut(`${lines.join('\n')}\n`);
}
