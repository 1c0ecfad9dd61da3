import type { Outcome } from '@elekto/tally';
import { BeatGraph, BeatList, Heatmap } from '@elekto/ui';
import {
  headline,
  nameOf,
  pairSentence,
  roundTable,
  say,
  seatSentences,
  standing,
  stepSentence,
  warningSentences,
} from '@elekto/words';
import type { Catalogue, Lang, Values } from '@elekto/words';

interface Props {
  readonly title: string;
  /** How the file was read, in one line. */
  readonly told: string;
  readonly outcome: Outcome;
  readonly lang: Lang;
  readonly styles: readonly string[];
}

const NAMES = {};

/** A count on one page: the sentence first, the pictures second, the tables third, every step last. */
export function ReportPage({ title, told, outcome, lang, styles }: Props) {
  const report = (key: keyof Catalogue['report'] & string, values: Values = {}): string =>
    say(lang, 'report', key, values);
  const { counts, method, options, rounds } = outcome;
  return (
    <html lang={lang}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta httpEquiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        {styles.map((css, i) => (
          <style key={i} dangerouslySetInnerHTML={{ __html: css }} />
        ))}
      </head>
      <body>
        <main>
          <header>
            <p className="told">{title}</p>
            <h1>{headline(outcome, NAMES, lang)}</h1>
            {seatSentences(outcome, NAMES, lang).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
            {warningSentences(outcome, NAMES, lang).map((sentence) => (
              <p className="note" key={sentence}>
                {sentence}
              </p>
            ))}
          </header>
          <section>
            <h2>{report('ranking')}</h2>
            <Places outcome={outcome} lang={lang} />
          </section>
          {outcome.candidates.length > 1 && (
            <section className="pictures">
              <h2>{report('pairs')}</h2>
              <Heatmap outcome={outcome} names={NAMES} lang={lang} />
              {rounds.length === 0 && (
                <>
                  <div className="scroll" tabIndex={0} role="group" aria-label={report('pairs')}>
                    <BeatGraph outcome={outcome} names={NAMES} lang={lang} />
                  </div>
                  <BeatList outcome={outcome} names={NAMES} lang={lang} />
                </>
              )}
            </section>
          )}
          {rounds.length > 0 && (
            <section>
              <h2>{report('rounds')}</h2>
              <Rounds table={roundTable(outcome, NAMES, lang)} label={report('rounds')} />
            </section>
          )}
          {outcome.steps.length > 0 && (
            <section>
              <h2>{report('steps')}</h2>
              <ol className="steps">
                {outcome.steps.map((step, i) => (
                  <li key={i}>{stepSentence(step, outcome, NAMES, lang)}</li>
                ))}
              </ol>
            </section>
          )}
          {outcome.explanation.length > 0 && (
            <section>
              <h2>{report('every-pair')}</h2>
              <ul className="pairs">
                {outcome.explanation.map((pair) => (
                  <li key={`${pair.first}>${pair.second}`}>{pairSentence(outcome, pair, NAMES, lang)}</li>
                ))}
              </ul>
            </section>
          )}
          <footer>
            <p>
              {report('counted', {
                method: say(lang, 'methods', method),
                n: counts.cast,
                blank: counts.blank,
              })}{' '}
              {report('options', {
                strength: options.strength,
                unranked: options.unranked,
                secondary: report(options.secondary ? 'on' : 'off'),
                order: options.order,
              })}
            </p>
            <p>{told}</p>
          </footer>
        </main>
      </body>
    </html>
  );
}

function Places({ outcome, lang }: { readonly outcome: Outcome; readonly lang: Lang }) {
  return (
    <table className="places">
      <thead>
        <tr>
          <th scope="col">{say(lang, 'report', 'place')}</th>
          <th scope="col">{say(lang, 'report', 'candidate')}</th>
          <th scope="col">{say(lang, 'report', 'seat')}</th>
        </tr>
      </thead>
      <tbody>
        {outcome.places.flatMap(({ place, candidates }) =>
          candidates.map((id) => (
            <tr key={id} className={outcome.seats.elected.includes(id) ? 'elected' : undefined}>
              <td>{candidates.length > 1 ? say(lang, 'report', 'place-tied', { n: place }) : place}</td>
              <th scope="row">{nameOf(NAMES, id)}</th>
              <td>{standing(outcome, id, lang)}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

function Rounds({
  table,
  label,
}: {
  readonly table: readonly (readonly string[])[];
  readonly label: string;
}) {
  const [head = [], ...rows] = table;
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={label}>
      <table className="rounds">
        <thead>
          <tr>
            {head.map((cell, i) => (
              <th key={i} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name = '', ...cells], i) => (
            <tr key={i}>
              <th scope="row">{name}</th>
              {cells.map((cell, k) => (
                <td key={k}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
