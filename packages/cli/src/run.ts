import { CliError } from './cli-error.ts';
import { printableLines } from './terminal.ts';
import { buildProgram } from './program.ts';
import { ofFiles } from './system-error.ts';

/** What went wrong in a way that the user can act on. */
interface Failed {
  /** For standard error, without a newline at the end. */
  readonly message: string;
  /** Ends the program although something still runs that nobody waits for any more. */
  readonly atOnce: boolean;
}

/** Runs the command that `args` (without node and script) name; null when it did what it says. Bugs are thrown. */
export async function run(args: readonly string[]): Promise<Failed | null> {
  try {
    const program = await buildProgram(args);
    await program.parseAsync(args, { from: 'user' });
    return null;
  } catch (error) {
    const known = error instanceof CliError ? error : ofFiles(error);
    if (known === null) throw error;
    return { message: printableLines(known.message), atOnce: known.atOnce };
  }
}
