import { createContext, useContext } from 'react';
import type { LinksEnd } from '@elekto/protocol/stand';
import type { BallotPaper } from '@elekto/protocol/ballot';
import type { Api } from '../shared/api.ts';
import type { BallotPageData, BallotTexts, PageCandidate, PageData } from '../shared/page-data.ts';

/** What every step of the ballot needs. */
export interface BallotContext {
  readonly page: PageData<BallotPageData, BallotTexts>;
  readonly api: Api;
  readonly login: string;
  readonly paper: BallotPaper;
  /** Until when a passphrase leads to its ballot. */
  readonly links: LinksEnd | null;
  readonly candidateOf: (id: string) => PageCandidate;
  /** With the id where two have one name. */
  readonly nameOf: (id: string) => string;
  /** What stands under the name: the shown fields. */
  readonly aboutOf: (id: string) => string;
}

const Context = createContext<BallotContext | null>(null);
export const BallotProvider = Context.Provider;

export function useBallot(): BallotContext {
  const context = useContext(Context);
  if (!context) throw new Error('a step of the ballot stands outside of it');
  return context;
}
