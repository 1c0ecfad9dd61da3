#!/usr/bin/env node
import { CliError } from './cli-error.ts';
import { buildProgram } from './program.ts';

const args = process.argv.slice(2);

try {
  const program = await buildProgram(args);
  await program.parseAsync(args, { from: 'user' });
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  const { atOnce } = error;
  process.stderr.write(`${error.message}\n`, () => atOnce && process.exit());
  process.exitCode = 1;
}
