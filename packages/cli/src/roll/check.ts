import { foldLogin } from '@elekto/election';
import { differenceOf, movedBetween } from '@elekto/roll';
import { rollDifference, rollMoves, say } from '@elekto/words';
import { readRollOf, type RollFlags } from './read-roll.ts';
import { rollAt } from './roll-at.ts';
import { writeOut } from '../terminal.ts';

/** Builds the roll again and compares it with the files: equal, or says what moved with exit status 1. */
export async function check(folder: string, flags: RollFlags): Promise<void> {
  const roll = await readRollOf(folder, flags);
  const before = await rollAt(folder);
  const difference = differenceOf(before, roll);
  const gone = new Set([...difference.added, ...difference.removed].map(({ voter }) => foldLogin(voter)));
  const moved = movedBetween(before.rows, roll.rows).filter(({ login }) => !gone.has(foldLogin(login)));
  if (gone.size === 0 && moved.length === 0) return writeOut(`${say('en', 'roll', 'equal')}\n`);
  const lines = [...rollDifference(difference, 'en'), ...rollMoves(moved, 'en')];
  writeOut(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}
