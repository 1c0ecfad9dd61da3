import { stringify, Scalar } from 'yaml';
import { findHeader } from '../candidate/header.ts';
import { readFields } from '../candidate/fields.ts';
import { foldFieldValue } from '../candidate/field-value.ts';
import { sectionOf, sectionsOf } from '../markdown-sections.ts';
import type { CandidateField, Question } from '../model.ts';
import { Report } from '../report.ts';
import { splitLines } from '../text.ts';
import { readYaml } from '../yaml/read-yaml.ts';

/** What candidate-template.md asks for. */
export interface Template {
  /** Fields below `info:`, each with what stands there as an example. */
  readonly fields: readonly CandidateField[];
  /** Headings below the header in their order, with the hint that stands below each. */
  readonly sections: readonly { readonly title: string; readonly level: number; readonly hint: string }[];
}

/** What somebody who stands has written. */
export interface Nomination {
  readonly name: string;
  readonly id: string;
  /** '' for nobody. */
  readonly nominatedBy: string;
  readonly fields: readonly CandidateField[];
  /** Markdown below each heading. */
  readonly answers: readonly { readonly title: string; readonly level: number; readonly text: string }[];
}

const DASHES = '-'.repeat(61);

/** Reads a template, and adds the questions to all candidates that it does not have. */
export function readTemplate(text: string, questions: readonly Question[] = []): Template {
  const lines = splitLines(text);
  const header = findHeader(lines);
  const body = 'missingAt' in header ? text : lines.slice(header.bioStart).join('\n');
  const sections = sectionsOf(body.replace(/^<!-- Copy this file.*-->$/m, ''));
  const asked = sections.map(({ title, level, own }) => ({ title, level, hint: plainHint(own) }));
  const more = questions
    .filter(({ title }) => sectionOf(sections, title) === undefined)
    .map(({ title, text: hint }) => ({ title, level: 2, hint: plainHint(hint) }));
  return {
    fields: 'missingAt' in header ? [] : fieldsIn(header.lines.map(({ text: line }) => line)),
    sections: [...asked, ...more],
  };
}

function fieldsIn(lines: readonly string[]): readonly CandidateField[] {
  const report = new Report('candidate-template.md');
  const root = readYaml([...lines], report, { keys: new Set(['name', 'id', 'info']) });
  const info = root?.kind === 'map' ? root.entries.find(({ key }) => /^info$/i.test(key)) : undefined;
  return info === undefined
    ? []
    : readFields(info.value, info.source, report).filter(({ name }) => name !== '');
}

/** A hint as plain words: comments are what templates say to whoever fills them in. */
const plainHint = (markdown: string): string => markdown.replace(/<!--|-->/g, '').trim();

/** candidate-<ID>.md of somebody who stands; fields and sections that are empty are left out. */
export function writeCandidate({ name, id, nominatedBy, fields, answers }: Nomination): string {
  const info = fields.filter(({ value }) => foldFieldValue(value) !== '');
  return [
    DASHES,
    `name: ${yamlText(name)}`,
    `ID: ${yamlText(id)}`,
    ...(nominatedBy === '' ? [] : [`nominated_by: ${yamlText(nominatedBy)}`]),
    ...(info.length === 0 ? [] : ['info:']),
    ...info.map((each) => `  - ${yamlText(each.name)}: ${yamlText(each.value)}`),
    DASHES,
    '',
    ...answers
      .filter(({ text }) => text.trim() !== '')
      .flatMap(({ title, level, text }) => [
        ...(title === '' ? [] : [`${'#'.repeat(level)} ${title}`, '']),
        text.replace(/\r\n?/g, '\n').trim(),
        '',
      ]),
  ].join('\n');
}

/** A text as YAML on one line; what other tools take for a number or a truth value stands in quotation marks. */
export function yamlText(value: string): string {
  const scalar = new Scalar(value.replace(/\s+/gu, ' ').trim());
  if (/^(?:[\d_]+|null|true|false|yes|no|on|off|y|n)$/i.test(value)) scalar.type = 'QUOTE_SINGLE';
  // Else written as a block, which takes two lines.
  if (/^(?:---|\.\.\.)/.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
  return stringify(scalar, { lineWidth: 0 }).trim();
}
