import type { RefusalCode } from '@elekto/custody/ceremony';

interface WayOut {
  /** Of the diagnostic. */
  readonly code: string;
  readonly hint: string;
}

const KNOWN: Partial<Record<RefusalCode, WayOut>> = {
  'header-too-few': {
    code: 'custody-few-officers',
    hint: 'Name at least three officers: of two, either one who stays away leaves the election without a result.',
  },
  'header-threshold': {
    code: 'custody-threshold',
    hint: 'Take a threshold of more than half of the officers: 2 of 3, 3 of 5. One officer alone must never open ballots.',
  },
  'header-twice': {
    code: 'custody-header',
    hint: 'Each officer has one place and two keys of their own.',
  },
  'header-format': {
    code: 'custody-header',
    hint: 'Have the console or "elekto custody new" write the file again.',
  },
  'header-key': {
    code: 'custody-header',
    hint: 'Take the keys from the officer\u2019s file in the folder officers as they stand.',
  },
};

/** The others mean that the file is not what the ceremony gave. */
export const EDITED: WayOut = {
  code: 'custody-transcript',
  hint: 'Nobody edits this file by hand: bring back the version that the officers confirmed, or hold a new ceremony in a new file.',
};

/** What to do about a custody file that is refused with this code. */
export const custodyWayOut = (code: RefusalCode): WayOut => KNOWN[code] ?? EDITED;
