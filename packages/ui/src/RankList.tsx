import type { Outcome } from '@elekto/tally';
import { PICTURE_TEXTS } from './texts.ts';
import { put } from './words.ts';
import { nameOf, say, standing, type Names } from '@elekto/words';
import type { PictureLang } from './words.ts';

export interface RankListProps {
  readonly outcome: Outcome;
  readonly names: Names;
  readonly lang: PictureLang;
  /** Address of a candidate's page; null for none. */
  readonly linkOf?: (id: string) => string | null;
}

/** The full ranking: places as large numerals, tied candidates in one bracket, who is elected as a word. */
export function RankList({ outcome, names, lang, linkOf }: RankListProps) {
  const t = PICTURE_TEXTS[lang];
  const { elected, openTies, skipped } = outcome.seats;
  const mark = (id: string) => {
    if (elected.includes(id))
      return <span className="mark elected">{say(lang, 'outcome', 'standing-elected')}</span>;
    if (openTies.some((tie) => tie.candidates.includes(id)))
      return <span className="mark open">{say(lang, 'outcome', 'standing-tied')}</span>;
    if (skipped.some((s) => s.candidate === id))
      return <span className="mark skipped">{standing(outcome, id, lang)}</span>;
    return null;
  };
  return (
    <ol className="rank-list">
      {outcome.places.map((place) => (
        <li key={place.place} className={place.candidates.length > 1 ? 'rank tie' : 'rank'}>
          <span className="numeral">
            <span className="vh">{put(t.place, { n: place.place }, lang)}</span>
            <span aria-hidden="true">{place.place}</span>
          </span>
          <div className="rank-body">
            {place.candidates.length > 1 && <span className="tie-label">{t.tied}</span>}
            <ul>
              {[...place.candidates]
                .sort((a, b) => nameOf(names, a).localeCompare(nameOf(names, b)))
                .map((id) => {
                  const link = linkOf?.(id) ?? null;
                  const n = outcome.counts.opinions[id] ?? 0;
                  return (
                    <li key={id}>
                      <span className="who">
                        {link === null ? nameOf(names, id) : <a href={link}>{nameOf(names, id)}</a>}{' '}
                        {mark(id)}
                      </span>
                      <span className="soft">
                        {put(Number(n) === 1 ? t.opinions.one : t.opinions.other, { n }, lang)}
                      </span>
                    </li>
                  );
                })}
            </ul>
          </div>
        </li>
      ))}
    </ol>
  );
}
