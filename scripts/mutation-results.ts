/** The results of mutation runs, kept a file at a time below a package's reports/, and what they add up to. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What became of the changes of one file. */
export interface Result {
  /** {@link digestOf} of the part when it was measured. */
  readonly digest: string;
  readonly changed: number;
  /** Changes that the tests did not notice, one line each. */
  readonly left: readonly string[];
  /** Changes that count as noticed, but were stopped by the clock alone, which may only say that the machine was busy. */
  readonly byClock: readonly string[];
}

interface Mutant {
  readonly status: string;
  readonly statusReason?: string;
  readonly replacement: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}
/** The part of Stryker's report that is looked at. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

const NOTICED = ['Killed', 'Timeout'];
const LEFT = ['Survived', 'NoCoverage'];

export function resultOf(report: Report, digest: string): Result {
  const [left, byClock]: [string[], string[]] = [[], []];
  let changed = 0;
  for (const [file, { mutants }] of Object.entries(report.files))
    for (const { status, statusReason = '', location, replacement } of mutants) {
      const line = `${file}:${location.start.line}:${location.start.column} ${replacement.replace(/\s+/g, ' ')}`;
      if (NOTICED.includes(status) || LEFT.includes(status)) changed += 1;
      if (LEFT.includes(status)) left.push(line);
      // A loop that ran a hundred times as often is endless.
      if (status === 'Timeout' && !statusReason.startsWith('Hit limit')) byClock.push(line);
    }
  return { digest, changed, left, byClock };
}

const placeOf = (root: string, file: string): string => join(root, 'reports/mutants', `${file}.json`);

/** What is kept of a file, where it was measured with the same digest. */
export function keptOf(root: string, file: string, digest: string): Result | null {
  try {
    const result = JSON.parse(readFileSync(placeOf(root, file), 'utf8')) as Result;
    return result.digest === digest ? result : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Keeps a result: whole, or, where the run is ended meanwhile, not at all. */
export function keep(root: string, file: string, result: Result): void {
  const place = placeOf(root, file);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(`${place}.part`, `${JSON.stringify(result, null, 2)}\n`);
  renameSync(`${place}.part`, place);
}

/** A part with the results of its files: null for a file that has none. */
export interface PartResults {
  readonly part: string;
  readonly files: ReadonlyMap<string, Result | null>;
}

/**
 * What is printed at the end: every part, then the share of all, which is claimed only where no file is missing.
 *
 * @param goal the share that is wanted, 0 to 1, of each part or of the whole.
 */
export function summary(
  parts: readonly PartResults[],
  now: ReadonlySet<string>,
  goal: number,
  each: boolean,
): { readonly lines: string[]; readonly reached: boolean } {
  const lines: string[] = [];
  const missing = parts.flatMap(({ files }) =>
    [...files].flatMap(([file, result]) => (result === null ? [file] : [])),
  );
  let reached = missing.length === 0;
  const add = (name: string, results: readonly (Result | null)[], counts: boolean): void => {
    const known = results.filter((result) => result !== null);
    const changed = known.reduce((sum, one) => sum + one.changed, 0);
    const noticed = changed - known.reduce((sum, one) => sum + one.left.length, 0);
    const byClock = known.reduce((sum, one) => sum + one.byClock.length, 0);
    const share = changed === 0 ? 'nothing to change' : `${((100 * noticed) / changed).toFixed(1)} %`;
    const clock = byClock > 0 ? `, ${byClock} of them by the clock` : '';
    const lacks = known.length < results.length ? `, of ${known.length} of ${results.length} files` : '';
    const figures = `${String(changed).padStart(5)} changed ${String(noticed).padStart(5)} noticed`;
    lines.push(`${name.padEnd(10)} ${figures} ${share}${clock}${lacks}`);
    if (counts && noticed < goal * changed) reached = false;
  };
  for (const { part, files } of parts) add(part, [...files.values()], each);
  const all = parts.flatMap(({ files }) => [...files]);
  if (missing.length > 0) {
    lines.push(
      `No total: ${missing.length} of ${all.length} files have no result yet: ${missing.join(', ')}`,
    );
    return { lines, reached };
  }
  add(
    'mutation',
    all.map(([, result]) => result),
    true,
  );
  const fresh = all.filter(([file]) => now.has(file)).length;
  lines.push(
    `${all.length} files: ${fresh} measured by this run, ${all.length - fresh} by earlier runs with the same sources, tests and tools.`,
  );
  return { lines, reached };
}
