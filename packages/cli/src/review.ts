import { resolve } from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { CliError } from './cli-error.ts';
import { printableLines, writeErr, writeOut } from './terminal.ts';
import { readMoment } from './read-moment.ts';

interface Flags {
  readonly base: string;
  readonly head: string;
  readonly electionsDir?: string;
  readonly at?: number;
  readonly post?: string;
  readonly pictures?: string;
  readonly picturesAt?: string;
}

/** `elekto review [repository]`: what a change of the files would do, as Markdown for whoever merges it. */
export function register(command: Command): void {
  command
    .argument('[repository]', 'a clone of the meta repository that has both commits', '.')
    .requiredOption('--base <commit>', 'what the change is to be merged into: a branch or commit')
    .option('--head <commit>', 'the change: a branch or commit', 'HEAD')
    .option('--elections-dir <folder>', 'folder of the repository that holds the elections', 'elections')
    .option('--at <time>', 'as if it were merged at this moment, UTC, instead of now', readMoment)
    .option(
      '--post <owner/name>',
      'keep it up to date as a comment of the pull requests at GitHub that end at this commit',
    )
    .option('--pictures <folder>', 'take pictures there of the pages that the change makes, with Chromium')
    .option('--pictures-at <address>', 'where people find them: the comment says so', address)
    .addHelpText(
      'after',
      '\nWith --post it asks with the token of GITHUB_TOKEN. Files are read from the commits; nothing of them is run.',
    )
    .action(async (repository: string, flags: Flags) => {
      const { branchedFrom, commitOf, stateAt } = await import('./review/state-at.ts');
      const { commentOf } = await import('./review/comment.ts');
      const place = resolve(repository);
      const [target, head] = [await commitOf(place, flags.base), await commitOf(place, flags.head)];
      const base = await branchedFrom(place, target, head);
      const now = flags.at ?? Date.now();
      const folder = flags.electionsDir ?? 'elections';
      const [before, after] = [
        await stateAt(place, base, folder, now),
        await stateAt(place, head, folder, now),
      ];
      if (flags.pictures !== undefined) {
        const { pagesToPicture, takePictures } = await import('./review/pictures.ts');
        const options = { repository: place, head, electionsDir: folder, now, folder: flags.pictures };
        const taken = await takePictures(pagesToPicture(before, after), options);
        writeErr(`${taken.length} ${taken.length === 1 ? 'picture' : 'pictures'} in ${flags.pictures}\n`);
      }
      const text = await commentOf(before, after, now, flags.picturesAt);
      if (flags.post === undefined) {
        writeOut(printableLines(text));
        return;
      }
      const token = process.env['GITHUB_TOKEN'];
      if (!token) throw new CliError('There is no GITHUB_TOKEN to write the comment with.');
      if (!/^[\w.-]+\/[\w.-]+$/.test(flags.post)) throw new CliError(`"${flags.post}" is no owner/name.`);
      const { post } = await import('./review/post.ts');
      const api = (process.env['GITHUB_API_URL'] ?? 'https://api.github.com').replace(/\/+$/, '');
      const posted = await post(text, { api, token, repository: flags.post, head });
      writeOut(`${posted} ${posted === 1 ? 'pull request has' : 'pull requests have'} the comment.\n`);
    });
}

function address(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new InvalidArgumentError('Expected an address.');
  return url.href;
}
