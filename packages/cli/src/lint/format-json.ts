import type { Candidate, ReadFile, Withdrawal } from '@elekto/election';
import type { LintReport } from './lint-paths.ts';

/**
 * The report as JSON. One election a value of `elections`; for a single candidate file `name`, `id` and
 * `info` (null when they could not be read) stand at the top together with its diagnostics.
 */
export function toJson(report: LintReport): string {
  const [only] = report.files;
  const single = report.files.length === 1 && report.elections.length === 0 ? only : undefined;
  const value = {
    ...(single ? { file: single.file, ...whatWasRead(single) } : { diagnostics: report.diagnostics }),
    elections: report.elections.map(({ key, folder, election, diagnostics }) => ({
      key,
      folder,
      name: election?.name ?? null,
      candidates: (election?.candidates ?? []).map(describe),
      voters: election?.voters.length ?? 0,
      diagnostics,
    })),
    ...(single || report.files.length === 0
      ? {}
      : { files: report.files.map((file) => ({ file: file.file, ...whatWasRead(file) })) }),
    summary: report.summary,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A candidate as it was read: `{"name", "id", "info"}`, and `withdrawn` where they no longer stand. */
export function describe(candidate: Candidate): {
  name: string;
  id: string;
  info: Record<string, string>;
  withdrawn?: Withdrawal;
} {
  const info: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { name, value } of candidate.fields) info[name] = value;
  const { name, id, withdrawn } = candidate;
  return { name, id, info, ...(withdrawn ? { withdrawn } : {}) };
}

function whatWasRead(file: ReadFile): Record<string, unknown> {
  const { kind, diagnostics } = file;
  if (kind === 'candidate')
    return {
      kind,
      ...(file.candidate ? describe(file.candidate) : { name: null, id: null, info: null }),
      diagnostics,
    };
  if (kind === 'definition') return { kind, name: file.name, diagnostics };
  if (kind === 'voters') return { kind, voters: file.voters, diagnostics };
  return { kind, diagnostics };
}
