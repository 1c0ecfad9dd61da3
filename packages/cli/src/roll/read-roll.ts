/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import {
  decide,
  evidenceRows,
  leavesOf,
  readRules,
  RollFileError,
  type EvidenceRow,
  type Facts,
  type Judged,
  type RollRules,
} from '@elekto/roll';
import { forgeFor, gather, PageCache, RollSourceError, type Gathered } from '@elekto/roll-sources';
import { CliError } from '../cli-error.ts';
import { problemText } from '../lint/format-text.ts';
import { ProgressBar } from './progress.ts';
import { tokenFor } from './token.ts';

export interface RollFlags {
  readonly clones?: string;
  readonly cache?: string;
  readonly offline?: boolean;
  readonly refresh?: boolean;
}

/** A roll as the rules of a folder give it. */
export interface ReadRoll {
  readonly rules: RollRules;
  readonly facts: Facts;
  /** Everybody whom some rule found. */
  readonly people: readonly Judged[];
  /** Logins of the roll, in their order. */
  readonly voters: readonly string[];
  readonly rows: readonly EvidenceRow[];
  readonly read: Gathered;
  /** End of a window that is still to come. */
  readonly openUntil: number | null;
}

/** Reads roll.yaml and everything it asks for. What is wrong is a CliError. */
export async function readRoll(folder: string, flags: RollFlags): Promise<ReadRoll> {
  if (flags.offline && flags.refresh)
    throw new CliError('--offline asks nobody, --refresh everybody: leave one out.');
  if (flags.clones !== undefined && !(await stat(flags.clones).catch(() => null))?.isDirectory())
    throw new CliError(`${flags.clones} is no folder, and there are no clones in it.`);
  const rules = await rulesOf(folder);
  // Pages are read and thrown away: without this the garbage of thousands of them waits in memory.
  setFlagsFromString('--optimize-for-size');
  const began = Date.now();
  const cache = new PageCache(flags.cache ?? defaultCache(process.env), flags.refresh === true ? began : 0);
  const bar = new ProgressBar();
  const token = flags.offline === true ? null : await tokenFor(rules.forge, process.env);
  const forge = forgeFor(rules.forge, {
    token,
    cache,
    offline: flags.offline === true,
    onWait: (seconds) => bar.wait(seconds),
  });
  try {
    const read = await gather(rules, {
      folder,
      forge,
      clones: flags.clones ?? null,
      onProgress: (progress) => bar.show(progress),
    });
    const people = decide(rules, read.facts);
    tellAge(cache);
    tellUnusable(read.facts);
    return {
      rules,
      facts: read.facts,
      people,
      voters: people.filter(({ on }) => on).map(({ login }) => login),
      rows: evidenceRows(people),
      read,
      openUntil: openUntil(rules, began),
    };
  } catch (error) {
    if (error instanceof RollSourceError || error instanceof RollFileError)
      throw new CliError(error.message, { atOnce: true });
    throw error;
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

function tellAge({ oldest, hits }: PageCache): void {
  if (oldest !== null && hits > 0 && Date.now() - Date.parse(oldest) > 48 * 60 * 60_000)
    process.stderr.write(`Some answers were kept since ${oldest.slice(0, 10)}; --refresh asks anew.\n`);
}

/** Of each rule some: a wrong column gives as many as the file has lines. */
function tellUnusable({ unusable }: Facts): void {
  for (const [rule, texts] of unusable) {
    const some = [...texts].slice(0, 5).map((text) => JSON.stringify(text));
    const more = texts.size > some.length ? ` and ${texts.size - some.length} more` : '';
    process.stderr.write(
      `The rule "${rule}" names what cannot be an account, and it was left out: ${some.join(', ')}${more}.\n`,
    );
  }
}

function openUntil({ who }: RollRules, now: number): number | null {
  const ends = leavesOf(who).flatMap(({ source }) =>
    source.kind === 'contributions' ? [source.window.until] : [],
  );
  const last = Math.max(0, ...ends);
  return last > now ? last : null;
}
