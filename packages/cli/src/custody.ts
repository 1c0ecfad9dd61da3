/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { homedir } from 'node:os';
import { join } from 'node:path';

import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

import type { BoardFlags } from './custody/ceremony.ts';
import { lookAt } from './custody/ceremony.ts';
import { sayAlive } from './custody/alive.ts';
import { type CountFlags, type CountStep, takePartInCount } from './custody/count.ts';
import { finish } from './custody/finish.ts';
import { makeKey, type MakeKeyFlags } from './custody/make-key.ts';
import { beginCeremony, type NewFlags } from './custody/new-header.ts';
import { proposeBox } from './custody/propose-box.ts';
import { sayReady } from './custody/ready.ts';
import { recover, type RecoverFlags } from './custody/recover.ts';
import { sensible } from './custody/sensible.ts';
import { signIn } from './custody/sign-in.ts';
import { describeCeremony } from './custody/status.ts';
import { takePart, type TakePartFlags } from './custody/take-part.ts';
import { signTie, type TieFlags } from './custody/tie.ts';
import { signVoid, type VoidFlags } from './custody/void.ts';
import type { ServerFlags } from './custody/connection.ts';
import { writeOut } from './terminal.ts';

const HOME = join(homedir(), '.config', 'elekto');

/** `elekto custody ...`: an officer's part in keeping the key of elections, without the desktop app. */
export function register(command: Command): void {
  withKey(
    command.command('key').description('make your key, prove its twelve words, write its public halves'),
  )
    .requiredOption('--login <login>', 'your login')
    .option('--out <file>', 'where the public keys go (officers/<login>.json)')
    .action(print((flags: MakeKeyFlags) => makeKey(flags)));
  command
    .command('new')
    .description('begin a ceremony: write its custody file')
    .argument('<keys/name.json>', 'the file, from the elections folder')
    .requiredOption('--elections <folder>', 'the elections folder of your checkout')
    .requiredOption('--officers <logins>', 'who takes part, separated by commas, at least three', list)
    .requiredOption('--until <YYYY-MM-DD>', 'the last day on which an election may open with the key')
    .option('--threshold <number>', 'how many open a count together (more than half)', wholeNumber)
    .option('--rehearsal', 'a key for rehearsals only')
    .action((board: string, flags: NewFlags) => writeOut(beginCeremony(board, flags)));
  withServer(command.command('sign-in').description('sign this computer in at the server')).action(
    print((flags: ServerFlags) => signIn(flags)),
  );
  for (const visit of ['deal', 'confirm'] as const)
    withKey(withBoard(command.command(visit).description(VISITS[visit]))).action(
      print((flags: TakePartFlags) => takePart(visit, flags)),
    );
  withBoard(command.command('status').description('show who has done what, and who is waited for'))
    .option('--login <login>', 'say what is next for this officer')
    .action(
      print(async (flags: BoardFlags & { login?: string }) =>
        describeCeremony(await lookAt(flags), flags.login ?? null),
      ),
    );
  withBoard(command.command('finish').description('write the finished transcript into your checkout')).action(
    print((flags: BoardFlags) => finish({ ...flags, elections: flags.elections ?? 'elections' })),
  );
  withKey(
    withBoard(
      command.command('ready').description('show, before an election opens, that you hold your share'),
    ),
  )
    .argument('<election>', 'the key of the election: steering---2027')
    .action(print((election: string, flags: TakePartFlags) => sayReady(election, flags)));
  withRepository(
    withKey(
      withServer(
        command
          .command('alive')
          .description(
            'while people vote: compare what ballots are sealed for with the repository, and show your share',
          ),
      ),
    ),
  ).action(print((election: string, flags: CountFlags) => sayAlive(election, flags)));
  for (const step of ['count', 'mix', 'decrypt', 'look'] as const)
    withRepository(withKey(withServer(command.command(step).description(STEPS[step]))))
      .option('--receipt <file>', 'your own receipt, to see that your ballot is in the box', receipts)
      .action(print((election: string, flags: CountFlags) => takePartInCount(step, election, flags)));
  withRepository(
    withKey(
      withServer(
        command.command('box').description('write the hash of the box into your checkout, to propose it'),
      ),
    ),
  )
    .requiredOption('--elections <folder>', 'the elections folder of your checkout')
    .action(
      print((election: string, flags: CountFlags & { readonly elections: string }) =>
        proposeBox(election, flags),
      ),
    );
  withRepository(
    withKey(withServer(command.command('tie').description('sign how a tie for a seat was decided'))),
  )
    .option('--winners <ids>', 'who takes the seats, separated by commas', list)
    .option('--how <text>', 'how it was decided, as it will be published')
    .option('--as <login>', 'sign the very same as this officer')
    .option(
      '--decision <n>',
      'which decision of the count it is, from 1 (with the words: asks nothing)',
      wholeNumber,
    )
    .action(print((election: string, flags: TieFlags) => signTie(election, flags)));
  withRepository(
    withKey(
      withServer(
        command
          .command('void')
          .description('while people vote: sign that their ballots are void, so that voting can start anew'),
      ),
    ),
  )
    .option('--reason <text>', 'why; the others give the very same, word for word')
    .option('--take-back', 'at the count, where too few others signed it: count these ballots after all')
    .action(print((election: string, flags: VoidFlags) => signVoid(election, flags)));
  withKey(command.command('recover').description('bring your key back from its twelve words'))
    .requiredOption('--login <login>', 'your login')
    .requiredOption('--board <keys/name.json>', 'the custody file, from the elections folder')
    .requiredOption('--elections <folder>', 'the elections folder of your checkout')
    .action(print((flags: RecoverFlags) => recover(flags)));
}

const VISITS = {
  deal: 'first visit: deal a share to every officer',
  confirm: 'second visit: check your shares and confirm, or complain',
} as const;

const STEPS: Readonly<Record<Exclude<CountStep, 'take-back'>, string>> = {
  count: 'count: check the box, then mix and decrypt, as far as it is your turn',
  mix: 'count: mix only',
  decrypt: 'count: decrypt only',
  look: 'count: check every file and say where it stands, without your share',
};

const withRepository = (command: Command): Command =>
  command
    .argument('<election>', 'the key of the election: steering---2027')
    .option('--repository <url>', 'the repository of the elections, as you know it; remembered from then on')
    .option('--branch <name>', 'its protected branch, where that is not the default one')
    .option('--elections-dir <folder>', 'the elections folder in it', 'elections');

const receipts = (file: string, before: readonly string[] = []): string[] => [...before, file];

const withKey = (command: Command): Command =>
  command
    .option('--key-file <file>', 'your key, under a passphrase', join(HOME, 'officer.key'))
    .option(
      '--passphrase-file <file>',
      'a file with its passphrase (else ELEKTO_KEY_PASSPHRASE, or asked for)',
    );

const withServer = (command: Command): Command =>
  command
    .option('--server <url>', 'the server (else ELEKTO_URL)')
    .option(
      '--token-file <file>',
      'where this computer keeps its sign-ins, each for one server',
      join(HOME, 'session'),
    );

const withBoard = (command: Command): Command =>
  withServer(command)
    .requiredOption('--board <keys/name.json>', 'the custody file, from the elections folder')
    .option('--elections <folder>', 'the elections folder of your checkout, to compare with the server');

const print =
  <A extends readonly unknown[]>(work: (...given: A) => Promise<string>) =>
  async (...given: A): Promise<void> =>
    writeOut(await sensible(() => work(...given)));

const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function wholeNumber(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}
