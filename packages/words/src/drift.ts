import type { Drift } from '@elekto/protocol/manifest';

import type { Lang } from './languages.ts';
import { nameOf } from './names.ts';
import type { Names } from './names.ts';
import { say } from './say.ts';

/**
 * What an election's files say differently from what holds for its ballots, in a sentence. `when` puts an instant
 * into words.
 */
export function driftWords(
  drift: Drift,
  names: Names,
  when: (instant: number) => string,
  lang: Lang,
): string {
  switch (drift.code) {
    case 'candidates-added':
    case 'candidates-removed':
    case 'candidates-withdrawn':
    case 'names-changed':
    case 'ids-recased':
      return say(lang, 'drift', drift.code, {
        n: drift.ids.length,
        names: drift.ids.map((id) => nameOf(names, id)),
      });
    case 'folder-renamed':
      return say(lang, 'drift', drift.code, { from: drift.from });
    case 'name-changed':
      return say(lang, 'drift', drift.code, { pinned: drift.pinned, file: drift.file });
    case 'seats-changed':
      return say(lang, 'drift', drift.code, { n: drift.pinned, file: drift.file });
    case 'end-in-the-past':
    case 'end-after-close':
      return say(lang, 'drift', drift.code, { file: when(drift.file), holds: when(drift.holds) });
    default:
      return say(lang, 'drift', drift.code);
  }
}
