import { exactKeys } from './exact-keys.ts';
import { isPossibleLogin } from '../login.ts';
import type { SourceFile } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { quoted } from '../text.ts';
import type { OfficerKeys } from './model.ts';

export const OFFICER_FORMAT = 'elekto-officer/1';
const FIELDS = ['format', 'login', 'sign', 'receive'] as const;
/** 32 bytes in base64url without padding, in their one spelling. */
const KEY = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** The text of `officers/<login>.json`. */
export const writeOfficerKeys = ({ login, sign, receive }: Omit<OfficerKeys, 'path'>): string =>
  `${JSON.stringify({ format: OFFICER_FORMAT, login, sign, receive }, null, 2)}\n`;

/** Reads `officers/<login>.json`; null when it is not what {@link writeOfficerKeys} writes for this file's name. */
export function readOfficerKeys({ path, text, refused, problems = [] }: SourceFile): {
  readonly keys: OfficerKeys | null;
  readonly report: Report;
} {
  const report = new Report(path);
  report.absorb(problems);
  if (refused === true) return { keys: null, report };
  const fields = exactKeys(text, FIELDS);
  const { login, sign, receive } = fields ?? {};
  if (
    fields?.format !== OFFICER_FORMAT ||
    !isLogin(login) ||
    !isKey(sign) ||
    !isKey(receive) ||
    sign === receive
  ) {
    report.error(
      'officer-keys-invalid',
      WHOLE_FILE,
      'The file does not hold an officer\u2019s login and two public keys.',
      'Have the console (My key) or "elekto custody key" write it again; it holds nothing secret.',
    );
    return { keys: null, report };
  }
  if (path.slice(path.lastIndexOf('/') + 1) !== `${login}.json`) {
    report.error(
      'officer-keys-name',
      WHOLE_FILE,
      `The file holds the keys of ${quoted(login)}.`,
      `Name it ${login}.json, and have that person ask for the change.`,
    );
    return { keys: null, report };
  }
  return { keys: { login, sign, receive, path }, report };
}

const isLogin = (value: unknown): value is string => typeof value === 'string' && isPossibleLogin(value);
const isKey = (value: unknown): value is string => typeof value === 'string' && KEY.test(value);
