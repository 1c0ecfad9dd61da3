#!/usr/bin/env node
import { CliError } from './cli-error.ts';
import { buildProgram } from './program.ts';

const args = process.argv.slice(2);

try {
  const program = await buildProgram(args);
  await program.parseAsync(args, { from: 'user' });
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
