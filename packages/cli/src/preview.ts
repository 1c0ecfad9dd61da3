/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { CliError } from './cli-error.ts';
import { readMoment } from './read-moment.ts';
import { writeErr, writeOut } from './terminal.ts';

interface Flags {
  readonly branch?: string;
  readonly electionsDir: string;
  readonly port: number;
  readonly at?: number;
}

/** `elekto preview [repository]`: serves the pages of a folder as it is, or of a branch, to this machine until it is stopped. */
export function register(command: Command): void {
  command
    .argument('[repository]', 'the folder of the meta repository', '.')
    .option('--branch <name>', 'a branch or commit of it; the files of the folder as they are without')
    .option('--elections-dir <folder>', 'folder of the repository that holds the elections', 'elections')
    .option('--port <number>', 'where it listens on this machine; any port with 0', port, 4321)
    .option('--at <time>', 'as the pages will look at this moment, UTC, instead of now', readMoment)
    .addHelpText(
      'after',
      '\nEvery page says that it is a preview. Reload a page when you have changed a file. Nothing is checked out, and nobody can vote.',
    )
    .action(async (repository: string, flags: Flags) => {
      const { serveSite } = await import('@elekto/site/preview');
      const { PreviewPages } = await import('./preview/preview-pages.ts');
      const pages = new PreviewPages({
        ...flags,
        repository: resolve(repository),
        branch: flags.branch ?? null,
      });
      try {
        writeErr('Building the pages ...\n');
        await pages.current();
        const server = await serveSite(() => pages.current(), undefined, flags.port).catch(
          (error: NodeJS.ErrnoException) => {
            if (error.code !== 'EADDRINUSE') throw error;
            throw new CliError(`Port ${flags.port} is taken: name another with --port.`);
          },
        );
        writeOut(`${server.origin}/\n`);
        writeErr('Ctrl-C stops it.\n');
        await stopped();
        await server.close();
      } finally {
        await pages.remove();
      }
    });
}

function stopped(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65_535) throw new InvalidArgumentError('Expected a port.');
  return number;
}
