import {
  finishedKey,
  type BoardKey,
  type Header,
  type Refusal,
  readTranscript,
  type RefusalCode,
} from '@elekto/custody/ceremony';
import { toBase64Url, toHex } from '@elekto/wire';
import { LIMITS } from '../limits.ts';
import type { OfficersBoard, SourceFile } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { withinSize } from '../size.ts';
import type { CustodyFile } from './model.ts';

/** What to do about a refusal, by its code; the others mean that the file is not what the ceremony gave. */
const KNOWN: Partial<Record<RefusalCode, { readonly code: string; readonly hint: string }>> = {
  'header-too-few': {
    code: 'custody-few-officers',
    hint: 'Name at least three officers: of two, either one who stays away leaves the election without a result.',
  },
  'header-threshold': {
    code: 'custody-threshold',
    hint: 'Write a threshold of more than half of the officers: 2 of 3, 3 of 5. One officer alone must never open ballots.',
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

const EDITED = {
  code: 'custody-transcript',
  hint: 'Nobody edits this file by hand: bring back the version that the officers confirmed, or hold a new ceremony in a new file.',
};

/** Reads a custody file and checks its whole ceremony. Problems are told as diagnostics of the file. */
export function readBoard(file: string, { path, text, refused, problems = [] }: SourceFile): CustodyFile {
  const report = new Report(path);
  report.absorb(problems);
  const nothing = { file, path, text, officers: null, board: null };
  if (refused === true) return { ...nothing, text: '', diagnostics: report.diagnostics };
  if (!withinSize(text, LIMITS.custodyFile, report, EDITED.hint, 'The custody file'))
    return { ...nothing, text: '', diagnostics: report.diagnostics };
  const { header, board } = checked(text, report);
  return {
    ...nothing,
    officers:
      header?.officers.map(({ login, sign, receive }) => ({
        login,
        sign: toBase64Url(sign),
        receive: toBase64Url(receive),
      })) ?? null,
    board,
    diagnostics: report.diagnostics,
  };
}

function checked(text: string, report: Report): { header: Header | null; board: OfficersBoard | null } {
  const transcript = readTranscript(text);
  if (!transcript.ok) {
    tell(transcript.error, report);
    return { header: null, board: null };
  }
  const { header, posts } = transcript.value;
  const key = finishedKey(header, posts);
  if (key.ok) return { header, board: boardOf(key.value) };
  if (key.error.code === 'key-unfinished')
    report.info(
      'custody-unfinished',
      WHOLE_FILE,
      posts.length === 0
        ? 'The ceremony of this file is not finished: it has no transcript yet.'
        : key.error.message,
      'Each officer deals and confirms, in the console or with "elekto custody"; "elekto custody status" says who is waited for.',
    );
  else tell(key.error, report);
  return { header, board: null };
}

function tell({ code, message }: Refusal, report: Report): void {
  const known = KNOWN[code] ?? EDITED;
  report.error(known.code, WHOLE_FILE, message, known.hint);
}

function boardOf({ header, electionKey, verificationKeys, transcriptHash }: BoardKey): OfficersBoard {
  return {
    kind: header.kind,
    transcriptHash: toHex(transcriptHash),
    publicKey: toBase64Url(electionKey.toBytes()),
    threshold: header.threshold,
    officers: header.officers.map(({ login, sign, receive }, i) => ({
      login,
      position: i + 1,
      signKey: toBase64Url(sign),
      receiveKey: toBase64Url(receive),
      verification: toBase64Url(verificationKeys[i]?.toBytes() ?? new Uint8Array()),
    })),
    until: header.until,
  };
}
