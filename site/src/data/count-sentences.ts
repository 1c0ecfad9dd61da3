import { fill, plural, textsOf } from '../texts/index.ts';
import type { Lang } from '../texts/index.ts';
import { inWords } from '../time.ts';
import type { OfficersCount } from './model.ts';

/** What the public is told of a count by officers before there is a result: where it stands, and for whom it waits. */
export function countSentences(count: OfficersCount, lang: Lang): readonly string[] {
  const t = textsOf(lang).count;
  const { phase, boxHash, inspectedUntil, mixed, decrypted, threshold, officers } = count;
  const key = fill(t.key, { threshold, officers });
  if (phase === 'inspection') {
    if (boxHash === null) return [t.closing, key];
    return [
      inspectedUntil === null ? t.proposed : fill(t.inspection, { when: inWords(inspectedUntil, lang) }),
      key,
    ];
  }
  const done = phase === 'mixing' ? mixed : decrypted;
  return [
    ...(phase === 'decrypting' ? [t.mixed] : [t.inspected]),
    plural(phase === 'mixing' ? t.mixing : t.decrypting, done, lang, { threshold }),
    t.waits,
  ];
}
