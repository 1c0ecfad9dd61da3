import type { Texts } from '../../texts/index.ts';
import type { PageData } from '../shared/page-data.ts';
import type { ProblemTexts } from '../shared/ProblemNote.tsx';

/** What the page hands to its island. */
interface ExceptionPageData {
  readonly key: string;
}
export interface ExceptionTexts extends ProblemTexts {
  readonly exception: Texts['exception'];
  readonly ballot: Pick<Texts['ballot'], 'signIn' | 'waitSeconds' | 'retry' | 'keptHere'>;
  readonly stand: Texts['stand'];
}
export type ExceptionPage = PageData<ExceptionPageData, ExceptionTexts>;
