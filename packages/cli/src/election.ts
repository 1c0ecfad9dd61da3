import { createInterface } from 'node:readline/promises';
import { userInfo } from 'node:os';

import { createBallotBox, type BallotBox } from '@elekto/ballot-box';
import type { Command } from 'commander';

import { CliError } from './cli-error.ts';
import { readMeta } from './import-elekto/meta-source.ts';
import { refused } from './refused.ts';
import { withDatabase } from './with-database.ts';

/** `elekto election rename|purge|accept-restore`: what only an operator may do to an election's ballot box. */
export function register(command: Command): void {
  command
    .command('rename')
    .description('give ballots and exception requests of a renamed folder to its new key')
    .argument('<old key>', 'the key that the folder had')
    .argument('<new key>', 'the key of the folder that it has become')
    .action((from: string, to: string) => rename(from, to));
  command
    .command('purge')
    .description('remove an election, its ballots and its keys for good')
    .argument('<key>', 'the key; it has to be typed again')
    .action((key: string) => purge(key));
  command
    .command('accept-restore')
    .description('count an election although its database was set back to a backup')
    .argument('<key>', 'the key; ballots cast since the backup are lost')
    .action((key: string) => acceptRestore(key));
}

async function acceptRestore(key: string): Promise<void> {
  const result = await withBallotBox((box) => box.acceptRestore({ key }, operator()));
  if (!result.ok) throw refused(result.error);
  process.stdout.write(`${key} will be counted from what is in the database. The audit trail says so.\n`);
}

async function rename(from: string, to: string): Promise<void> {
  const election = (await readMeta(process.env, {})).elections.get(to)?.election;
  if (!election) throw new CliError(`the meta repository has no readable election ${to}`);
  const result = await withBallotBox((box) => box.reattach(from, election, operator()));
  if (!result.ok) {
    const why: Partial<Record<typeof result.error.kind, string>> = {
      'unknown-election': `there is no ballot box of ${from}, and no request for an exception`,
      conflict: `people have already voted in ${to}`,
      'manifest-changed': `the candidates of ${to} are not those of ${from}, on which people have voted`,
    };
    const reason = why[result.error.kind];
    throw reason === undefined ? refused(result.error) : new CliError(reason);
  }
  process.stdout.write(`Ballots and requests of ${from} belong to ${to} now.\n`);
}

async function purge(key: string): Promise<void> {
  process.stderr.write(
    `This removes ${key}: who took part, all ballots, the result, and the keys. For good.\n`,
  );
  const typed = await answer('Type the key to go on: ');
  if (typed !== key) throw new CliError('that is not the key; nothing was removed');
  const result = await withBallotBox((box) => box.purge(key, operator()));
  if (!result.ok) throw refused(result.error, 'Nothing was removed.');
  process.stdout.write(`${key} was removed.\n`);
}

async function answer(question: string): Promise<string> {
  process.stderr.write(question);
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    lines.close();
  }
}

/** Whom the audit trail names. */
const operator = (): string => `operator ${userInfo().username}`;

const withBallotBox = <T>(work: (box: BallotBox) => Promise<T>): Promise<T> =>
  withDatabase((db, keys) => work(createBallotBox({ db, keys })));
