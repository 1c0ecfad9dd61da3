/** What the page hands to its island: data and texts as JSON in the page, read once. */
import type { Lang, Texts } from '../../texts/index.ts';

export interface PageData<D, T> {
  readonly lang: Lang;
  /** Origin of the API; '' when it is this site's own. */
  readonly api: string;
  /** Start of every address in this language: `/` or `/de/`. */
  readonly base: string;
  readonly data: D;
  readonly texts: T;
}

/** The candidates and dates of an election as its ballot page shows them. */
export interface BallotPageData {
  readonly key: string;
  readonly name: string;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly contentLang: string;
  readonly candidates: readonly PageCandidate[];
}

export interface PageCandidate {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

export type BallotTexts = Pick<Texts, 'ballot' | 'refusals' | 'stand'>;

export function readPageData<D, T>(): PageData<D, T> {
  return JSON.parse(document.getElementById('island-data')?.textContent ?? '{}') as PageData<D, T>;
}
