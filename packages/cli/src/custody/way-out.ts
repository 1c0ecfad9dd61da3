/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import type { RefusalCode } from '@elekto/custody';

export const DO_NOTHING = 'Do nothing. Tell the other officers, with this sentence.';

/** What an officer can do about it alone; null where the sentence says it already. */
const KNOWN: Partial<Record<RefusalCode, string | null>> = {
  'act-before-end': 'Come back after the end, and look at the clock of this computer.',
  'act-election':
    'Look at the name of the election, at --elections-dir and at "custody" in its files. If all are right, tell the other officers.',
  'act-key':
    'Name the key that the ceremony knows with --key-file, or bring it back from its twelve words with "elekto custody recover".',
  'act-memory': null,
  'act-other-box': `${DO_NOTHING} This computer acts on the first box of a run alone, for ever.`,
  'act-repository': null,
  'act-served': null,
  'act-voided':
    'Ask the others how many signed it. If too few did, count with "elekto custody void --take-back" first; if enough did, do nothing and tell them.',
  'decision-differs': null,
  'decision-too-few': null,
  'decryption-too-few': null,
  'key-listed': null,
  'key-unfinished': 'See who is waited for with "elekto custody status".',
  'void-too-late': null,
};

/** What to do about a refusal. Whatever is not told here by name is somebody's fault or attack. */
export function wayOutOf(code: RefusalCode): string | null {
  const known = KNOWN[code];
  return known === undefined ? DO_NOTHING : known;
}
