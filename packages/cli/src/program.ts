import { readFileSync } from 'node:fs';

import { Command } from 'commander';

import { COMMANDS } from './commands.ts';

const { version: VERSION } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

/**
 * The commander program for `args` (without node and script). Only the module of the command named
 * there is imported; the others are listed by name and summary alone.
 */
export async function buildProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('elekto');
  program
    .description('Ranked-ballot elections for open-source organisations')
    .version(VERSION)
    .showHelpAfterError();
  const wanted = args.find((arg) => !arg.startsWith('-'));
  const helpOf = wanted === 'help' ? args[args.indexOf('help') + 1] : undefined;
  for (const entry of COMMANDS) {
    const command = program.command(entry.name).description(entry.summary);
    if (entry.name === wanted || entry.name === helpOf) (await entry.load()).register(command);
  }
  return program;
}
