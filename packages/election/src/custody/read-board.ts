import {
  finishedKey,
  type BoardKey,
  type Header,
  type Refusal,
  readTranscript,
} from '@elekto/custody/ceremony';
import { toBase64Url, toHex } from '@elekto/wire';
import { LIMITS } from '../limits.ts';
import type { OfficersBoard, SourceFile } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { withinSize } from '../size.ts';
import type { CustodyFile } from './model.ts';
import { custodyWayOut, EDITED } from './way-out.ts';

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
  const way = custodyWayOut(code);
  report.error(way.code, WHOLE_FILE, message, way.hint);
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
