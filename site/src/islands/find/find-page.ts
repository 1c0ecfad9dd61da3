import type { Texts } from '../../texts/index.ts';
import type { PageData } from '../shared/page-data.ts';

/** What the page hands to its island. */
export interface FindTexts extends Pick<Texts, 'find' | 'refusals' | 'ballot' | 'checks' | 'stand'> {
  readonly verify: Pick<Texts['verify'], 'which' | 'none' | 'running'>;
}
export type FindPage = PageData<null, FindTexts>;
