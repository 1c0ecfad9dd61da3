import { cleanLogin, isPossibleLogin } from '@elekto/election';
import { judge } from '@elekto/roll';
import { rollExplanation } from '@elekto/words';
import { CliError } from '../cli-error.ts';
import { readRollOf, type RollFlags } from './read-roll.ts';
import { writeOut } from '../terminal.ts';

/** Says why somebody is on the roll of a folder or not. */
export async function explain(login: string, folder: string, flags: RollFlags): Promise<void> {
  const asked = cleanLogin(login);
  if (!isPossibleLogin(asked.replace(/\[bot\]$/i, ''))) throw new CliError(`"${login}" is not a login.`);
  const { rules, facts } = await readRollOf(folder, flags);
  writeOut(`${rollExplanation(judge(rules, facts, asked), 'en').join('\n')}\n`);
}
