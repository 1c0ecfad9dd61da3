import { catalogueOf } from './catalogue.ts';
import type { Catalogue, Topic } from './catalogue.ts';
import type { Lang } from './languages.ts';
import { phrase } from './phrase.ts';
import type { Phrase, Values } from './phrase.ts';

/** Topics whose entries are phrases; refusals have several for each code. */
type Spoken = Exclude<Topic, 'refusals'>;

/** What the catalogue says about a code, with its values put in. */
export function say<T extends Spoken>(
  lang: Lang,
  topic: T,
  code: keyof Catalogue[T] & string,
  values: Values = {},
): string {
  return phrase(catalogueOf(lang)[topic][code] as Phrase, values, lang);
}
