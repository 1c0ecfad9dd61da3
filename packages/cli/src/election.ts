import { createInterface } from 'node:readline/promises';

import type { Command } from 'commander';

import { CliError } from './cli-error.ts';
import { readMeta } from './import-elekto/meta-source.ts';
import { refused } from './refused.ts';
import { operator, withInstallation, type Installation } from './with-installation.ts';
import { writeErr, writeOut } from './terminal.ts';

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
    .description('go on with a database that is older than the keys know, or with a new one')
    .argument('[key]', 'one election; without it, everything that is older or missing')
    .action((key: string | undefined) => (key === undefined ? acceptEverything() : acceptRestore(key)));
  command
    .command('count-as-is')
    .description('count every ballot that opens of an election whose ballot box does not add up')
    .argument('<key>', 'the key; it has to be typed again')
    .action((key: string) => countAsIs(key));
}

async function acceptRestore(key: string): Promise<void> {
  const result = await withInstallation(({ box }) => box.acceptRestore({ key }, operator()));
  if (!result.ok) throw refused(result.error);
  writeOut(`${key}: ${GOES_ON}\n`);
}

const GOES_ON = 'goes on with what is in the database. The record says so.';

/** Accepts that the whole database was set back or is lost: its record, and each election that it concerns. */
async function acceptEverything(): Promise<void> {
  const { lines, left } = await withInstallation(
    async (installation) => {
      const { box } = installation;
      const record = await box.acceptRecord(operator());
      if (!record.ok) throw refused(record.error);
      const told: string[] = [];
      let left = 0;
      for (const key of await keysOf(installation)) {
        const accepted = await box.acceptRestore({ key }, operator());
        if (!accepted.ok) left += 1;
        told.push(`${key}: ${accepted.ok ? GOES_ON : refused(accepted.error).message}`);
      }
      return { lines: told, left };
    },
    { accepted: operator() },
  );
  writeOut(`${lines.length === 0 ? 'There was nothing to accept.' : lines.join('\n')}\n`);
  if (left > 0)
    throw new CliError('elections that cannot go on can be removed with: elekto election purge <key>');
}

/** Elections whose row, box or requests are older than known, or missing. */
async function keysOf({ box }: Installation): Promise<string[]> {
  const concerned: string[] = [];
  for (const key of await box.keysHeld()) if ((await box.staleness(key)) !== null) concerned.push(key);
  return concerned;
}

async function countAsIs(key: string): Promise<void> {
  const look = await withInstallation(({ box }) => box.countAsIs({ key }, null));
  if (!look.ok) throw refused(look.error);
  const { problem, ballots, lostShards, setAside, byOfficers } = look.value;
  if (problem === null) return writeOut(`${key} adds up and is counted.\n`);
  writeErr(
    `${key} is not counted: ${problem}.\n` +
      `${ballots} ballots can be counted; ${lostShards} shards do not open, ${setAside} records are set aside.\n` +
      (byOfficers
        ? 'This lays them out for good, for the officers to count. Keep copies of the database and the keys first.\n'
        : 'This counts them for good and destroys the keys. Keep copies of the database and the keys first.\n'),
  );
  if ((await answer('Type the key to go on: ')) !== key)
    throw new CliError('that is not the key; nothing was counted');
  const counted = await withInstallation(({ box }) => box.countAsIs({ key }, operator()));
  if (!counted.ok) throw refused(counted.error, 'Nothing was counted.');
  const done = byOfficers ? 'laid out for its officers' : 'counted';
  writeOut(`${key} is ${done}: ${counted.value.ballots} ballots. The audit trail says so.\n`);
}

async function rename(from: string, to: string): Promise<void> {
  const election = (await readMeta(process.env, {})).elections.get(to)?.election;
  if (!election) throw new CliError(`the meta repository has no readable election ${to}`);
  const result = await withInstallation(({ box }) => box.reattach(from, election, operator()));
  if (!result.ok) {
    const why: Partial<Record<typeof result.error.kind, string>> = {
      'unknown-election': `there is no ballot box of ${from}, and no request for an exception`,
      conflict: `people have already voted in ${to}`,
      'manifest-changed': `the candidates of ${to} are not those of ${from}, on which people have voted`,
    };
    const reason = why[result.error.kind];
    throw reason === undefined ? refused(result.error) : new CliError(reason);
  }
  writeOut(`Ballots and requests of ${from} belong to ${to} now.\n`);
}

async function purge(key: string): Promise<void> {
  writeErr(`This removes ${key}: who took part, all ballots, the result, and the keys. For good.\n`);
  const typed = await answer('Type the key to go on: ');
  if (typed !== key) throw new CliError('that is not the key; nothing was removed');
  const result = await withInstallation(({ box }) => box.purge(key, operator()));
  if (!result.ok) throw refused(result.error, 'Nothing was removed.');
  writeOut(`${key} was removed.\n`);
}

async function answer(question: string): Promise<string> {
  writeErr(question);
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    lines.close();
  }
}
