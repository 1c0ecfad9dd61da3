import type { FormatName } from '@elekto/formats';
import { FORMATS } from '@elekto/formats';
import type { Command } from 'commander';
import { Option } from 'commander';

import type { InputOptions } from './tally-input.ts';

/** The options that say how a file of ballots is read, the same for every command that reads one. */
export interface InputFlags {
  readonly from?: FormatName;
  readonly highIsBest?: boolean;
  readonly lowIsBest?: boolean;
  readonly weights?: string;
  readonly ignore?: string[];
  readonly candidate?: string[];
  readonly delimiter?: string;
  readonly civs?: boolean;
  readonly overvote?: 'stop' | 'skip';
  readonly entry?: string;
  readonly together?: boolean;
}

export function addInputOptions(command: Command): Command {
  const collect = (name: string, names: string[] = []): string[] => [...names, name];
  return command
    .addOption(
      new Option('--from <format>', 'the format of the file, when its content does not tell').choices(
        FORMATS.map(({ name }) => name),
      ),
    )
    .addOption(new Option('--high-is-best', 'numbers are scores: the highest is best').conflicts('lowIsBest'))
    .option('--low-is-best', 'numbers are ranks: 1 is best, also where they look like scores')
    .option('--entry <name>', 'which file of a folder or zip archive')
    .option('--together', 'several files of a folder or zip archive are parts of one election')
    .option('--weights <column>', 'CSV: how many ballots a row stands for')
    .option('--ignore <column>', 'CSV: a column that is no candidate (may be said again)', collect)
    .option(
      '--candidate <column>',
      'CSV: a column that is one, whatever it is called (may be said again)',
      collect,
    )
    .option('--delimiter <sign>', 'CSV: what stands between cells, "tab" for a tab')
    .option('--civs', 'CSV: empty cells are not ranked, also where others say so in words')
    .addOption(
      new Option('--overvote <rule>', 'CVR: what follows two marks at one rank').choices(['stop', 'skip']),
    );
}

export function inputOptions(flags: InputFlags): InputOptions {
  return {
    from: flags.from ?? null,
    best: flags.highIsBest === true ? 'highest' : flags.lowIsBest === true ? 'lowest' : null,
    weights: flags.weights ?? null,
    ignore: flags.ignore ?? [],
    candidates: flags.candidate ?? [],
    delimiter: flags.delimiter === 'tab' ? '\t' : (flags.delimiter ?? null),
    civs: flags.civs === true,
    overvote: flags.overvote ?? null,
    entry: flags.entry,
    together: flags.together,
  };
}
