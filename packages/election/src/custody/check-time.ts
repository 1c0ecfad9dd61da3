import { CEREMONY_TAKES_MS } from '@elekto/custody/ceremony';
import type { Diagnostic, Instant, ReadElection } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';

const DAY = 86_400_000;
const LAST = 2 * DAY;

/** That an election begins soon and its officers have no key yet. */
export function checkTime({ election, folder }: ReadElection, now: Instant): readonly Diagnostic[] {
  if (election?.custody === undefined || election.custody.board !== null) return [];
  const left = election.opensAt - now;
  if (left > CEREMONY_TAKES_MS || left <= 0) return [];
  const report = new Report(`${folder}/election.yaml`);
  const days = Math.floor(left / DAY);
  report[left <= LAST ? 'error' : 'warning'](
    'custody-no-time',
    WHOLE_FILE,
    `Voting begins in ${days === 0 ? 'less than a day' : days === 1 ? 'a day' : `${days} days`}, and the officers have no key in ${election.custody.file}.`,
    'Finish the ceremony now, move "start_datetime", or take "custody" out, and the server keeps the key.',
  );
  return report.diagnostics;
}
