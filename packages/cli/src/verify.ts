import { readFileSync } from 'node:fs';

import { verifyResults } from '@elekto/protocol/result';
import type { Command } from 'commander';

import { CliError } from './cli-error.ts';

interface VerifyFlags {
  readonly key?: string;
  readonly receipt?: string;
  readonly tracker?: string;
}

/** `elekto verify <ballots.csv> <results.json>`: checks a published result; exits 1 and says the first thing that is wrong. */
export function register(command: Command): void {
  command
    .argument('<ballots.csv>', 'the published ballots')
    .argument('<results.json>', 'the published result')
    .option('--key <public key>', "the server's public key, as known from elsewhere")
    .option('--receipt <file>', 'a receipt saved at casting: was its ballot counted?')
    .option('--tracker <hex>', 'find the ballot under this tracker')
    .action(async (ballots: string, results: string, flags: VerifyFlags) => {
      process.stdout.write(await verify(ballots, results, flags));
    });
}

async function verify(ballots: string, results: string, flags: VerifyFlags): Promise<string> {
  const { ok, checks, ballot } = await verifyResults({
    ballotsCsv: read(ballots),
    resultsJson: read(results),
    publicKey: flags.key,
    receipt: flags.receipt === undefined ? undefined : read(flags.receipt),
    tracker: flags.tracker,
  });
  const lines = checks.map((check) => `${check.ok ? 'ok   ' : 'WRONG'} ${check.name}: ${check.message}`);
  if (ballot !== null) {
    const ranked = Object.entries(ballot).sort(([, a], [, b]) => a - b);
    lines.push('', ...ranked.map(([id, rank]) => `  ${rank}. ${id}`));
    if (ranked.length === 0) lines.push('  no opinion on anybody');
  }
  const report = `${lines.join('\n')}\n`;
  if (ok) return report;
  process.stdout.write(report);
  const wrong = checks.find((check) => !check.ok);
  throw new CliError(`verification failed: ${wrong?.message ?? 'nothing could be checked.'}`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}
