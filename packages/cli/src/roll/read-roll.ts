/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { readRules, type Facts, type RollRules } from '@elekto/roll';
import { readRoll, type ReadRoll } from '@elekto/roll-sources';
import { CliError } from '../cli-error.ts';
import { problemText } from '../lint/format-text.ts';
import { ProgressBar } from './progress.ts';
import { told } from './told.ts';
import { tokenFor } from './token.ts';
import { writeErr } from '../terminal.ts';

export interface RollFlags {
  readonly clones?: string;
  readonly cache?: string;
  readonly offline?: boolean;
  readonly refresh?: boolean;
}

/** Reads roll.yaml and everything it asks for. What is wrong is a CliError. */
export async function readRollOf(folder: string, flags: RollFlags): Promise<ReadRoll> {
  if (flags.offline && flags.refresh)
    throw new CliError('--offline asks nobody, --refresh everybody: leave one out.');
  if (flags.clones !== undefined && !(await stat(flags.clones).catch(() => null))?.isDirectory())
    throw new CliError(`${flags.clones} is no folder, and there are no clones in it.`);
  const rules = await rulesOf(folder);
  // Pages are read and thrown away: without this the garbage of thousands of them waits in memory.
  setFlagsFromString('--optimize-for-size');
  const bar = new ProgressBar();
  const offline = flags.offline === true;
  const token = offline ? null : await tokenFor(rules.forge, process.env);
  try {
    const roll = await told(() =>
      readRoll(rules, {
        folder,
        token,
        offline,
        refresh: flags.refresh === true,
        cache: flags.cache ?? defaultCache(process.env),
        clones: flags.clones ?? null,
        onProgress: (progress) => bar.show(progress),
        onWait: (seconds) => bar.wait(seconds),
      }),
    );
    tellAge(roll);
    tellUnusable(roll.facts);
    return roll;
  } finally {
    bar.end();
  }
}

async function rulesOf(folder: string): Promise<RollRules> {
  const path = join(folder, 'roll.yaml');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null)
    throw new CliError(
      `There is no ${path}: write the rules there, docs/roll.md shows how, or name another folder.`,
    );
  const { rules, diagnostics } = readRules(path, text);
  if (rules === null)
    throw new CliError(
      diagnostics.flatMap((each) => problemText(each, text.split('\n')[each.line - 1])).join('\n'),
    );
  return rules;
}

function defaultCache(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'elekto', 'roll');
}

function tellAge({ keptSince }: ReadRoll): void {
  if (keptSince !== null && Date.now() - Date.parse(keptSince) > 48 * 60 * 60_000)
    writeErr(`Some answers were kept since ${keptSince.slice(0, 10)}; --refresh asks anew.\n`);
}

/** Of each rule some: a wrong column gives as many as the file has lines. */
function tellUnusable({ unusable }: Facts): void {
  for (const [rule, texts] of unusable) {
    const some = [...texts].slice(0, 5).map((text) => JSON.stringify(text));
    const more = texts.size > some.length ? ` and ${texts.size - some.length} more` : '';
    writeErr(
      `The rule "${rule}" names what cannot be an account, and it was left out: ${some.join(', ')}${more}.\n`,
    );
  }
}
