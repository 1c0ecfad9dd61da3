import { WHOLE_FILE, type Report } from './report.ts';

const KIB = 1024;

/** Whether a text has at most `limit` characters ({@link LIMITS}); if not, the report says that it was not read. */
export function withinSize(
  text: string,
  limit: number,
  report: Report,
  hint = 'Shorten it.',
  what = 'The file',
): boolean {
  if (text.length <= limit) return true;
  const size = limit >= KIB * KIB ? `${Math.round(limit / KIB / KIB)} MiB` : `${Math.round(limit / KIB)} KiB`;
  report.error('file-too-big', WHOLE_FILE, `${what} is larger than ${size} and was not read.`, hint);
  return false;
}
