/** Relative links that lead to no file. A door of its own: whoever only reads elections needs no Markdown parser. */
import { linkTargets } from '../markdown.ts';
import { RESULT_FILES } from '../model.ts';
import type { Diagnostic, ReadElection, SourceFile } from '../model.ts';
import { Report, type Place } from '../report.ts';
import { linkInRepository } from '../repository-link.ts';
import { quoted } from '../text.ts';
import {
  baseName,
  DESCRIPTION_NAMES,
  isDefinitionName,
  QUESTIONS_NAMES,
  RESULTS_NAMES,
} from '../tree/files.ts';

/** The repository as far as the linter can see it. */
export interface Surroundings {
  /** A path from the top of what can be seen: whether there is such a file or folder. */
  readonly exists: (path: string) => boolean;
  /** Whether that top is the repository's: only then is it known what `/x` means. */
  readonly isRepository: boolean;
}

/** What an election publishes later may be linked to before. */
const TO_COME: ReadonlySet<string> = new Set(RESULT_FILES);

/**
 * The relative links in an election's texts that lead to nothing, each at its place; nothing is said of what lies outside of
 * what can be seen. `files` are those of the election's folder, by paths that `surroundings` understands.
 */
export function deadLinks(
  { election }: ReadElection,
  files: readonly SourceFile[],
  surroundings: Surroundings,
): readonly Diagnostic[] {
  if (!election) return [];
  const bios = new Map(election.candidates.map(({ file, bio }) => [baseName(file), bio]));
  return files.flatMap((file) => {
    const name = baseName(file.path);
    const is = (names: readonly string[]): boolean => names.includes(name.toLowerCase());
    const bio = bios.get(name);
    if (bio !== undefined) return deadLinksIn(file, [bio], surroundings);
    if (isDefinitionName(name))
      return deadLinksIn(file, [election.eligibility, election.exceptionDescription], surroundings);
    return is(DESCRIPTION_NAMES) || is(RESULTS_NAMES) || is(QUESTIONS_NAMES)
      ? deadLinksIn(file, [file.text], surroundings)
      : [];
  });
}

/** The same of one file, of which `markdown` are the parts that are rendered. */
export function deadLinksIn(
  file: Pick<SourceFile, 'path' | 'text'>,
  markdown: readonly string[],
  { exists, isRepository }: Surroundings,
): readonly Diagnostic[] {
  const report = new Report(file.path);
  let from = 0;
  for (const href of markdown.flatMap(linkTargets)) {
    const link = linkInRepository(href, file.path);
    if (link === null || (href.startsWith('/') && !isRepository)) continue;
    if (exists(link.path) || TO_COME.has(baseName(link.path))) continue;
    const at = file.text.indexOf(href, from);
    if (at >= 0) from = at + href.length;
    report.warning(
      'link-dead',
      placeOf(file.text, at),
      `The link ${quoted(href)} leads to no file of the repository.`,
      /^[^/]+\.[a-z]{2,}(?:\/|$)/i.test(href)
        ? `Correct the path, or write "https://${href}" if a page elsewhere is meant.`
        : 'Correct the path, which counts from the folder of this file, or write the whole address.',
    );
  }
  return report.diagnostics;
}

/** Links that are written with escapes are not found as they are meant; then the first line stands for the file. */
function placeOf(text: string, at: number): Place {
  if (at < 0) return { line: 1, column: 1 };
  const before = text.slice(0, at).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
