import type { Stand } from '@elekto/protocol/stand';
import type { ReactNode } from 'react';
import { nextAddress, standWords } from '../../stand/stand-words.ts';
import type { StandDates, StandTexts } from '../../stand/stand-words.ts';
import type { PageData } from './page-data.ts';

interface Props {
  readonly stand: Stand;
  readonly dates: StandDates;
  readonly electionKey: string;
  readonly page: Pick<PageData<unknown, { readonly stand: StandTexts }>, 'texts' | 'lang' | 'base'>;
  readonly children?: ReactNode;
}

/** Where the person stands with the election, and the one next step, on the pages that an island fills. */
export function StandNote({ stand, dates, electionKey, page, children }: Props) {
  const texts = page.texts.stand;
  const { title, text } = standWords(stand, dates, texts, page.lang);
  return (
    <div className="note" data-stand-kind={stand.kind}>
      <h2>{title}</h2>
      <p>{text}</p>
      <div className="row-of-buttons">
        {stand.next && (
          <a className="button" href={nextAddress(stand.next, page.base, electionKey)}>
            {texts.next[stand.next]}
          </a>
        )}
        {children}
      </div>
    </div>
  );
}
