/** Meta repositories on disk, as plain directories. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface WrittenElection {
  readonly name?: string;
  readonly opens?: string;
  readonly closes?: string;
  readonly exceptionsDue?: string;
  readonly seats?: number;
  readonly officers?: readonly string[];
  readonly voters?: readonly string[];
  readonly candidates?: readonly string[];
  readonly extra?: string;
}

export const OPENS = '2026-03-01 00:00:00';
export const CLOSES = '2026-03-07 23:59:59';

/** The files of one election folder by name. */
export function electionFiles(election: WrittenElection): Record<string, string> {
  const list = (items: readonly string[]): string => items.map((item) => `  - ${item}\n`).join('');
  const files: Record<string, string> = {
    'election.yaml': [
      `name: ${election.name ?? 'Steering'}`,
      'organization: Example',
      `start_datetime: ${election.opens ?? OPENS}`,
      `end_datetime: ${election.closes ?? CLOSES}`,
      ...(election.exceptionsDue ? [`exception_due: ${election.exceptionsDue}`] : []),
      `no_winners: ${election.seats ?? 1}`,
      'allow_no_opinion: True',
      'delete_after: False',
      'show_candidate_fields:\n  - employer',
      `election_officers:\n${list(election.officers ?? ['olga'])}`,
      election.extra ?? '',
    ].join('\n'),
    'voters.yaml': `eligible_voters:\n${list(election.voters ?? ['vera', 'victor'])}`,
    'election_desc.md': 'An election.\n',
  };
  for (const id of election.candidates ?? ['ada', 'bob', 'cy']) {
    const header = `name: ${id[0]?.toUpperCase()}${id.slice(1)}\nID: ${id}\ninfo:\n  - employer: Example`;
    files[`candidate-${id}.md`] =
      `-------------------------------------------------------------\n${header}\n-------------------------------------------------------------\n\nHello.\n`;
  }
  return files;
}

/** Writes `elections` (by folder) below a fresh directory; its path. */
export function writeMeta(elections: Readonly<Record<string, WrittenElection>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-meta-'));
  mkdirSync(join(dir, 'elections'), { recursive: true });
  for (const [folder, election] of Object.entries(elections)) writeElection(dir, folder, election);
  return dir;
}

export function writeElection(meta: string, folder: string, election: WrittenElection): void {
  const dir = join(meta, 'elections', folder);
  mkdirSync(dir, { recursive: true });
  for (const [name, text] of Object.entries(electionFiles(election))) writeFileSync(join(dir, name), text);
}
