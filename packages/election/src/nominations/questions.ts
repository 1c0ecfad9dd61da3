import { sectionOf, sectionsOf } from '../markdown-sections.ts';
import type { Question } from '../model.ts';

/** The questions of questions.md: its headings of the highest level that stands there more than once, or its only one. */
export function readQuestions(markdown: string): readonly Question[] {
  const sections = sectionsOf(markdown.replace(/\r\n?/g, '\n'));
  const levels = [...new Set(sections.map(({ level }) => level))].sort();
  const level =
    levels.find((each) => sections.filter((one) => one.level === each).length > 1) ?? levels.at(-1);
  return sections.filter((each) => each.level === level).map(({ title, text }) => ({ title, text }));
}

/** What a profile answers to each question, by its heading, as Markdown; null where it does not. */
export function answersIn(bio: string, questions: readonly Question[]): readonly (string | null)[] {
  if (questions.length === 0) return [];
  const sections = sectionsOf(bio);
  return questions.map(({ title }) => sectionOf(sections, title)?.text || null);
}
