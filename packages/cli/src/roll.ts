import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { RollFlags } from './roll/read-roll.ts';

/** `elekto roll build|check|diff|explain`: the voter roll by the rules of roll.yaml. */
export function register(command: Command): void {
  command.addHelpText(
    'after',
    '\nAsks with the token of GITHUB_TOKEN or GH_TOKEN, or that of "gh auth login"; GitLab with GITLAB_TOKEN, Gitea with GITEA_TOKEN. docs/roll.md has the rules.',
  );
  reading(
    command.command('build').description('write voters.yaml and roll-evidence.csv, and say what is in them'),
  )
    .option('--summary <file>', 'write the summary for the pull request there, instead of to the terminal')
    .option('--dry-run', 'write no file of the election')
    .action(async (folder: string, flags: RollFlags & { summary?: string; dryRun?: boolean }) => {
      const { build } = await import('./roll/build.ts');
      await build(resolve(folder), flags);
    });
  reading(
    command
      .command('check')
      .description('build again, and fail when voters.yaml or the evidence say something else'),
  ).action(async (folder: string, flags: RollFlags) => {
    const { check } = await import('./roll/check.ts');
    await check(resolve(folder), flags);
  });
  reading(
    command
      .command('explain')
      .description('say why somebody is on the roll or not')
      .argument('<login>', 'whom to explain'),
  ).action(async (login: string, folder: string, flags: RollFlags) => {
    const { explain } = await import('./roll/explain.ts');
    await explain(login, resolve(folder), flags);
  });
  command
    .command('diff')
    .description('say who is added and removed between two rolls, and why')
    .argument('<before>', 'a voters.yaml, a roll-evidence.csv, or a folder of both')
    .argument('<after>', 'the same, later')
    .action(async (before: string, after: string) => {
      const { diff } = await import('./roll/diff.ts');
      await diff(before, after);
    });
}

function reading(command: Command): Command {
  return command
    .argument('[folder]', 'the folder of roll.yaml', '.')
    .option(
      '--clones <folder>',
      'clones of repositories, as owner/name below it: their commits are read there',
    )
    .option('--cache <folder>', "where answers are kept (default: elekto/roll of the user's cache)")
    .option('--offline', 'ask nobody: use what is kept')
    .option('--refresh', 'ask for everything anew');
}
