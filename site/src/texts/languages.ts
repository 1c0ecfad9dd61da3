import type { Lang } from '@elekto/words/phrase';

export { LANGS, type Lang } from '@elekto/words/phrase';

/** Each language by its own name. */
export const LANG_NAMES: Record<Lang, string> = { en: 'English', de: 'Deutsch' };
