/** What is typed, from the form to the file; and its draft, which lives in this browser alone. */
import { foldFieldValue, isPossibleLogin, type Diagnostic } from '@elekto/election';
import { lintNomination, readTemplate, writeCandidate, type Template } from '@elekto/election/nominate';
import type { NominateData } from './nominate-page.ts';

export interface Values {
  readonly name: string;
  readonly id: string;
  readonly nominatedBy: string;
  /** By the field's name. */
  readonly fields: Readonly<Record<string, string>>;
  /** By the heading. */
  readonly answers: Readonly<Record<string, string>>;
}

export const NOTHING: Values = { name: '', id: '', nominatedBy: '', fields: {}, answers: {} };

/** What the form asks for: the template's fields and headings, those that pages show, and a place for a profile where nothing is asked. */
export function askedFor({ form }: NominateData): Template {
  const { fields, sections } = readTemplate(form.template, form.questions);
  const known = new Set(fields.map(({ name }) => foldFieldValue(name)));
  const more = form.shownFields.filter((name) => !known.has(foldFieldValue(name)));
  return {
    fields: [...fields, ...more.map((name) => ({ name, value: '' }))],
    sections: sections.length > 0 ? sections : [{ title: '', level: 2, hint: '' }],
  };
}

/** The file that the values make. Its name needs a login that is one. */
export function fileOf(
  { folder }: NominateData,
  { fields, sections }: Template,
  values: Values,
): { readonly path: string; readonly text: string } {
  const id = values.id.trim().replace(/^@/, '');
  return {
    path: `${folder === '' ? '' : `${folder}/`}candidate-${isPossibleLogin(id) ? id : ''}.md`,
    text: writeCandidate({
      name: values.name,
      id,
      nominatedBy: values.nominatedBy.trim().replace(/^@/, ''),
      fields: fields.map(({ name }) => ({ name, value: values.fields[name] ?? '' })),
      answers: sections.map(({ title, level }) => ({ title, level, text: values.answers[title] ?? '' })),
    }),
  };
}

/** What the linter says of the file that the values make. */
export function problemsIn(
  data: NominateData,
  file: { path: string; text: string },
  now: number,
): readonly Diagnostic[] {
  const { form, nominations, opensAt, closesAt } = data;
  const candidates = form.others.map((each) => ({ ...each, fields: [], bio: '' }));
  const { questions, shownFields } = form;
  return lintNomination(
    { candidates, nominations, questions, shownFields, opensAt, closesAt },
    file.path,
    file.text,
    now,
  );
}

/** The field of the form that a problem is about; null for the whole. */
export function fieldOf({ code }: Diagnostic): 'name' | 'id' | 'nominatedBy' | null {
  if (/^candidate-(?:name|same-name|text-after-hash)/.test(code)) return 'name';
  if (/^candidate-(?:id|duplicate-id)/.test(code)) return 'id';
  return code === 'candidate-not-nominated' ? 'nominatedBy' : null;
}

/** What is no fault of who fills in the form: endorsements come with the pull request. */
export const isLater = ({ code }: Diagnostic): boolean => code === 'candidate-endorsements-missing';

const place = (key: string): string => `elekto-nominate:${key}`;

/** The draft of an election, or nothing. */
export function keptDraft(key: string): Values {
  try {
    const kept = JSON.parse(localStorage.getItem(place(key)) ?? '{}') as Partial<
      Record<keyof Values, unknown>
    >;
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    const texts = (value: unknown): Record<string, string> =>
      Object.fromEntries(
        Object.entries(typeof value === 'object' && value !== null ? value : {}).map(([name, each]) => [
          name,
          text(each),
        ]),
      );
    return {
      name: text(kept.name),
      id: text(kept.id),
      nominatedBy: text(kept.nominatedBy),
      fields: texts(kept.fields),
      answers: texts(kept.answers),
    };
  } catch {
    return NOTHING;
  }
}

/** Keeps the draft; null forgets it. */
export function keepDraft(key: string, values: Values | null): void {
  try {
    if (values) localStorage.setItem(place(key), JSON.stringify(values));
    else localStorage.removeItem(place(key));
  } catch {
    // Without storage it lives as long as the page is open.
  }
}
