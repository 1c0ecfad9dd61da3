#!/usr/bin/env node
import { CliError } from './cli-error.ts';
import { printableLines } from './printable.ts';
import { buildProgram } from './program.ts';
import { ofFiles } from './system-error.ts';

const args = process.argv.slice(2);

try {
  const program = await buildProgram(args);
  await program.parseAsync(args, { from: 'user' });
} catch (error) {
  const known = error instanceof CliError ? error : ofFiles(error);
  if (known === null) throw error;
  const { atOnce, message } = known;
  process.stderr.write(`${printableLines(message)}\n`, () => atOnce && process.exit());
  process.exitCode = 1;
}
