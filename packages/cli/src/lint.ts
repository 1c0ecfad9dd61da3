import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { CliError } from './cli-error.ts';
import { toGithub } from './lint/format-github.ts';
import { toJson } from './lint/format-json.ts';
import { toSarif } from './lint/format-sarif.ts';
import { toText } from './lint/format-text.ts';
import { fixTargets } from './lint/fix.ts';
import { loginRule } from './login-rule.ts';
import { lintPaths, type LintOptions, type LintReport } from './lint/lint-paths.ts';
import { writeData, writeErr } from './terminal.ts';

const FORMATS: Readonly<Record<string, (report: LintReport) => string>> = {
  text: toText,
  json: toJson,
  github: toGithub,
  sarif: toSarif,
};

interface LintFlags extends LintOptions {
  readonly format: string;
  readonly fix?: boolean;
}

/** `elekto lint <path...>`: says what is wrong with the files of an election; exit status 1 on errors. */
export function register(command: Command): void {
  command
    .argument('<path...>', 'a repository, its elections folder, one election, or single files')
    .addOption(new Option('--format <name>', 'output').choices(Object.keys(FORMATS)).default('text'))
    .option('--fix', 'repair what is safe to repair, keeping comments')
    .option('--max-words <number>', 'most words of a bio', wholeNumber)
    .option('--required-sections <names>', 'headings every bio needs, separated by commas', list)
    .option(
      '--elections-dir <folder>',
      'folder of the repository that holds the elections (default: "elections" if there)',
    )
    .action(async (paths: string[], asked: LintFlags) => {
      const flags = { ...asked, ...loginRule(process.env) };
      if (flags.fix === true) {
        for (const { path, repairs } of await fixTargets(paths, flags))
          writeErr(`${path}: ${repairs} ${repairs === 1 ? 'repair' : 'repairs'}\n`);
      }
      const report = await lintPaths(paths, flags);
      if (report.elections.length === 0 && report.files.length === 0 && report.diagnostics.length === 0)
        throw new CliError(
          `No elections found below ${paths.join(', ')}: an election is a folder with an election.yaml.`,
        );
      writeData((FORMATS[flags.format] ?? toText)(report));
      if (report.summary.errors > 0) process.exitCode = 1;
    });
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
