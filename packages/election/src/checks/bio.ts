import type { Candidate, Diagnostic } from '../model.ts';
import { sectionOf, sectionsOf } from '../markdown-sections.ts';
import { Report } from '../report.ts';
import { quoted, splitLines } from '../text.ts';

export interface BioRules {
  /** Most words of a bio; undefined for no limit. */
  readonly maxWords?: number | undefined;
  /** Headings that must be there, compared without case. */
  readonly requiredSections?: readonly string[] | undefined;
}

/** An organisation's own rules for bios. `text` is the candidate's whole file, for the place. */
export function checkBio(candidate: Candidate, text: string, rules: BioRules): readonly Diagnostic[] {
  const report = new Report(candidate.file);
  const start = Math.max(1, splitLines(text).length - candidate.bio.split('\n').length + 1);
  const place = { line: start, column: 1 };
  const words = countWords(candidate.bio);
  if (rules.maxWords !== undefined && words > rules.maxWords)
    report.error(
      'bio-too-long',
      place,
      `The bio has ${words} words; ${rules.maxWords} are allowed.`,
      'Shorten it.',
    );
  const sections = sectionsOf(candidate.bio);
  for (const section of rules.requiredSections ?? [])
    if (sectionOf(sections, section) === undefined)
      report.error(
        'bio-section-missing',
        place,
        `The bio has no section ${quoted(section)}.`,
        `Add a heading "## ${section}".`,
      );
  return report.diagnostics;
}

/** Words as a person counts them: what holds a letter or digit, comments and link targets left out. */
export function countWords(markdown: string): number {
  const visible = markdown.replace(/<!--[\s\S]*?(?:-->|$)/g, ' ').replace(/\]\([^)\]\s]{0,1000}\)/g, '] ');
  return visible.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
