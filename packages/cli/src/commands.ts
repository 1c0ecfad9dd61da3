import type { Command } from 'commander';

/**
 * One command of `elekto`: a file of this folder that exports `register`, loaded only when its
 * command is asked for, so that `elekto tally` never opens the database driver.
 */
export interface CommandModule {
  /** Adds arguments, options and the action to a fresh commander command. */
  register(command: Command): void;
}

export interface CommandEntry {
  readonly name: string;
  /** One line of `elekto --help`. */
  readonly summary: string;
  /** Imports the file. A command not in the table does not exist. */
  readonly load: () => Promise<CommandModule>;
}

/** Every command, in the order `elekto --help` shows them. A new command is one line here and one file. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: 'lint', summary: 'check the files of elections', load: () => import('./lint.ts') },
  {
    name: 'review',
    summary: 'say what a change of the files would do, for whoever merges it',
    load: () => import('./review.ts'),
  },
  {
    name: 'preview',
    summary: 'show the pages of a folder or a branch before it is merged',
    load: () => import('./preview.ts'),
  },
  { name: 'new', summary: 'make the files of a new election', load: () => import('./new.ts') },
  {
    name: 'plan',
    summary: 'say what officers do when, and keep what is done',
    load: () => import('./plan.ts'),
  },
  { name: 'roll', summary: 'build the voter roll by rules, and say why', load: () => import('./roll.ts') },
  {
    name: 'tally',
    summary: 'count a file of ballots, or an election',
    load: () => import('./tally.ts'),
  },
  {
    name: 'convert',
    summary: 'write a file of ballots in another format',
    load: () => import('./convert.ts'),
  },
  {
    name: 'archive',
    summary: 'recount public elections and compare with what was published',
    load: () => import('./archive.ts'),
  },
  {
    name: 'verify',
    summary: 'check a published result, a receipt or a tracker',
    load: () => import('./verify.ts'),
  },
  {
    name: 'rehearse',
    summary: 'hold an election in memory and write its result',
    load: () => import('./rehearse.ts'),
  },
  {
    name: 'custody',
    summary: "hold a share of the officers' key: make it, deal, confirm, recover",
    load: () => import('./custody.ts'),
  },
  { name: 'backup', summary: 'back up the database, or the keys', load: () => import('./backup.ts') },
  { name: 'restore', summary: 'bring a backup back', load: () => import('./restore.ts') },
  {
    name: 'import-elekto',
    summary: 'take over the database of the older Elekto',
    load: () => import('./import-elekto.ts'),
  },
  { name: 'serve', summary: 'run the server', load: () => import('./serve.ts') },
  { name: 'config', summary: 'check the settings of the server', load: () => import('./config.ts') },
  {
    name: 'doctor',
    summary: 'look at an installation, and say what to do',
    load: () => import('./doctor.ts'),
  },
  { name: 'migrate', summary: 'bring the database up to date', load: () => import('./migrate.ts') },
  { name: 'sync', summary: 'have a running server read the repository now', load: () => import('./sync.ts') },
  {
    name: 'sessions',
    summary: 'sign a person out everywhere, or take their login',
    load: () => import('./sessions.ts'),
  },
  {
    name: 'officers',
    summary: 'show who has taken which office, or give one free',
    load: () => import('./officers.ts'),
  },
  { name: 'clock', summary: "say that the database's clock is right", load: () => import('./clock.ts') },
  { name: 'election', summary: 'rename or purge an election', load: () => import('./election.ts') },
];
