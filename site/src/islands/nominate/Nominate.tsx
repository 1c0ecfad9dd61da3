import { countWords, readCandidateFile } from '@elekto/election/nominate';
import { useDeferredValue, useMemo, useState } from 'react';
import { linkLeader } from '../../build/links.ts';
import { fill, plural } from '../../texts/fill.ts';
import { Field } from './Field.tsx';
import { HandOver } from './HandOver.tsx';
import type { NominatePage } from './nominate-page.ts';
import { Preview } from './Preview.tsx';
import {
  askedFor,
  fieldOf,
  fileOf,
  isLater,
  keepDraft,
  keptDraft,
  NOTHING,
  problemsIn,
  type Values,
} from './values.ts';

/** The form of somebody who wants to stand: checked and shown as it is typed, and handed over to the repository's host. */
export function Nominate({ page }: { readonly page: NominatePage }) {
  const { data, texts, lang } = page;
  const t = texts.nominate;
  const asked = useMemo(() => askedFor(data), [data]);
  const lead = useMemo(
    () =>
      linkLeader(
        {
          elections: [
            {
              key: data.key,
              folder: data.folder,
              candidates: data.form.others,
              ballotsCsv: null,
              resultsJson: null,
            },
          ],
          sourceUrl: data.repository?.sourceUrl ?? null,
          sourceHost: data.repository?.host ?? null,
          commit: data.commit,
        },
        () => false,
      ),
    [data],
  );
  const [values, setValues] = useState<Values>(() => keptDraft(data.key));
  /** Whether somebody has tried to send it: from then on what is missing is said, too. */
  const [tried, setTried] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const settled = useDeferredValue(values);
  const file = useMemo(() => fileOf(data, asked, settled), [data, asked, settled]);
  const problems = useMemo(() => problemsIn(data, file, Date.now()), [data, file]);
  const { candidate } = useMemo(() => readCandidateFile(file.path, file.text), [file]);

  const set = (change: Partial<Values>, field: string): void => {
    const next = { ...values, ...change };
    setValues(next);
    setTouched(new Set([...touched, field]));
    keepDraft(data.key, next);
  };
  const wrongIn = (field: 'name' | 'id' | 'nominatedBy'): string | null => {
    if (!tried && (!touched.has(field) || values[field].trim() === '')) return null;
    const found = problems.filter((each) => fieldOf(each) === field && each.severity !== 'info');
    return found.length === 0
      ? null
      : found.map(({ message, hint }) => `${message} ${hint}`.trim()).join(' ');
  };
  const words = countWords(candidate?.bio ?? '');
  const most = data.nominations.maxWords;
  // What is not yet filled in is no problem before somebody tries to send it.
  const begun = values.name.trim() !== '' && values.id.trim() !== '';
  const shown = tried || begun ? problems.filter((each) => each.severity !== 'info') : [];
  const errors = problems.filter((each) => each.severity === 'error' && !isLater(each));
  const tryToSend = (): boolean => {
    setTried(true);
    const current = fileOf(data, asked, values);
    const blocking = problemsIn(data, current, Date.now()).filter(
      (each) => each.severity === 'error' && !isLater(each),
    );
    const first = blocking[0];
    if (first) document.getElementById(`nominate-${fieldOf(first) ?? 'problems'}`)?.focus();
    return first === undefined;
  };

  return (
    <form className="nominate" noValidate onSubmit={(event) => event.preventDefault()}>
      <div className="nominate-columns">
        <div>
          <p className="soft">{t.draft}</p>
          <Field
            id="nominate-name"
            label={t.name}
            hint={t.nameHint}
            value={values.name}
            most={120}
            wrong={wrongIn('name')}
            autoComplete="name"
            onChange={(name) => set({ name }, 'name')}
          />
          <Field
            id="nominate-id"
            label={t.login}
            hint={t.loginHint}
            value={values.id}
            most={100}
            wrong={wrongIn('id')}
            autoComplete="username"
            onChange={(id) => set({ id }, 'id')}
          />
          {!data.nominations.selfNomination && (
            <Field
              id="nominate-nominatedBy"
              label={t.nominatedBy}
              hint={t.nominatedByHint}
              value={values.nominatedBy}
              most={100}
              wrong={wrongIn('nominatedBy')}
              onChange={(nominatedBy) => set({ nominatedBy }, 'nominatedBy')}
            />
          )}
          {asked.fields.map(({ name, value: example }, index) => (
            <Field
              key={name}
              id={`nominate-field-${index}`}
              label={name}
              contentLang={data.contentLang}
              hint={example === '' ? null : fill(t.example, { example })}
              value={values.fields[name] ?? ''}
              most={1_500}
              wrong={null}
              onChange={(value) => set({ fields: { ...values.fields, [name]: value } }, name)}
            />
          ))}
          {asked.sections.map(({ title, hint }, index) => (
            <Field
              key={title}
              id={`nominate-section-${index}`}
              label={title === '' ? t.profile : title}
              contentLang={title === '' ? undefined : data.contentLang}
              hint={hint === '' ? t.profileHint : hint}
              value={values.answers[title] ?? ''}
              most={100_000}
              rows={7}
              wrong={null}
              onChange={(text) => set({ answers: { ...values.answers, [title]: text } }, title)}
            />
          ))}
          <p className={most !== null && words > most ? 'wrong' : 'soft'} aria-live="polite">
            {most === null ? plural(t.count, words, lang) : fill(t.countOf, { n: words, max: most }, lang)}
          </p>
          <section aria-labelledby="nominate-h-problems">
            <h2 id="nominate-h-problems">{t.problems}</h2>
            <div id="nominate-problems" tabIndex={-1} role="status">
              {tried && errors.length > 0 && <p className="wrong">{t.mend}</p>}
              {shown.length === 0 && begun && <p>{t.fine}</p>}
              <ul className="checks">
                {shown.map((each, index) => (
                  <li
                    key={`${each.code} ${index}`}
                    className={each.severity === 'error' ? 'wrong' : 'soft'}
                    lang="en"
                  >
                    <span aria-hidden="true">{each.severity === 'error' ? '✗' : '!'}</span> {each.message}{' '}
                    {each.hint}
                  </li>
                ))}
              </ul>
            </div>
          </section>
          <HandOver
            page={page}
            file={fileOf(data, asked, values)}
            tryToSend={tryToSend}
            forget={() => {
              keepDraft(data.key, null);
              setValues(NOTHING);
              setTried(false);
            }}
          />
        </div>
        <section className="nominate-preview" aria-labelledby="nominate-h-preview">
          <h2 id="nominate-h-preview">{t.preview}</h2>
          <p className="soft">{t.previewText}</p>
          <article className="candidate sheet" lang={data.contentLang}>
            <p className="name">{candidate?.name ?? values.name}</p>
            <dl className="facts-list wide">
              {(candidate?.fields ?? [])
                .filter(({ name }) => data.form.shownFields.includes(name))
                .map(({ name, value }) => (
                  <div key={name}>
                    <dt data-field>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
            </dl>
            <div className="prose">
              <Preview markdown={candidate?.bio ?? ''} file={file.path} lead={lead} />
            </div>
          </article>
        </section>
      </div>
    </form>
  );
}
