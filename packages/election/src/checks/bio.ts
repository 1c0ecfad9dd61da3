import type { Candidate, Diagnostic } from '../model.ts';
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
  const headings = headingsOf(candidate.bio);
  for (const section of rules.requiredSections ?? [])
    if (!headings.includes(section.trim().toLowerCase()))
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

function headingsOf(markdown: string): string[] {
  const headings: string[] = [];
  let fence: string | null = null;
  const lines = markdown.replace(/<!--[\s\S]*?(?:-->|$)/g, '').split('\n');
  lines.forEach((line, index) => {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark) fence = fence === null ? mark : line.trim().startsWith(fence) ? null : fence;
    if (fence !== null) return;
    const atx = /^\s{0,3}#{1,6}\s+/.test(line) ? titleOf(line) : undefined;
    const under =
      /^\s{0,3}(?:=+|-+)\s*$/.test(lines[index + 1] ?? '') && line.trim() !== '' ? line : undefined;
    const title = atx ?? under;
    if (title !== undefined)
      headings.push(
        title
          .replace(/[*_`:]+/g, '')
          .trim()
          .toLowerCase(),
      );
  });
  return headings;
}

/** The words of `## Words ##`. */
function titleOf(line: string): string {
  const text = line.replace(/^\s*#+\s+/, '').trimEnd();
  let end = text.length;
  while (end > 0 && text[end - 1] === '#') end -= 1;
  return text.slice(0, end).trimEnd();
}
