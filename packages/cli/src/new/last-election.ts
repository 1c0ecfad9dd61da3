import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readDefinition, type Instant } from '@elekto/election';
import { parseDocument } from 'yaml';
import { CliError } from '../cli-error.ts';
import type { NewElection } from './election-files.ts';

/** The election beside `folder` that ended last; null without any. */
export async function lastBeside(folder: string): Promise<string | null> {
  const parent = dirname(folder);
  const names = await readdir(parent).catch(() => []);
  let last: { path: string; end: Instant } | null = null;
  for (const name of names) {
    const path = join(parent, name);
    if (resolve(path) === resolve(folder) || basename(parent) === 'elections') continue;
    const text = await readFile(join(path, 'election.yaml'), 'utf8').catch(() => null);
    const end = readDefinition('election.yaml', text ?? '').definition?.closesAt;
    if (end !== undefined && (last === null || end > last.end)) last = { path, end };
  }
  return last?.path ?? null;
}

type Asked = Omit<NewElection, 'name'> & { readonly name?: string };

/** Of the new election only, or of a ceremony that was held for the old one. */
const NOT_TAKEN = ['custody'];
const TEXTS = ['election_desc.md', 'candidate-template.md', 'roll.yaml'];

/**
 * Files of an earlier election for a new one: election.yaml with its comments, of which only the dates, the year in the name
 * and what was asked for (`given`) change; the texts, and roll.yaml. Throws CliError when it cannot be read.
 */
export async function takenOver(
  from: string,
  asked: Asked,
  given: ReadonlySet<string>,
): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(join(from, 'election.yaml'), 'utf8').catch(() => {
    throw new CliError(`${from} holds no election.yaml to take over.`);
  });
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0)
    throw new CliError(
      `${from}/election.yaml is not valid YAML: "elekto lint --fix" may repair it, --no-copy does without.`,
    );
  const set = (field: string, value: unknown): void => document.set(field, value);
  const year = asked.start.slice(0, 4);
  const name = String(document.get('name') ?? '');
  set('name', asked.name ?? name.replace(/(?:19|20)\d\d/, year));
  set('start_datetime', asked.start);
  set('end_datetime', asked.end);
  document.delete('exceptions_due');
  set('exception_due', asked.end);
  if (given.has('organization')) set('organization', asked.organization);
  if (given.has('seats')) set('no_winners', asked.seats);
  if (given.has('officers')) set('election_officers', asked.officers);
  if (given.has('method')) set('method', asked.method);
  for (const field of NOT_TAKEN) document.delete(field);
  const files: Record<string, string> = { 'election.yaml': document.toString({ lineWidth: 0 }) };
  for (const file of TEXTS) {
    const own = await readFile(join(from, file), 'utf8').catch(() => null);
    if (own !== null) files[file] = own;
  }
  return files;
}

/** Logins of the officers of an election.yaml that was taken over; null where none was. */
export function officersIn(files: Readonly<Record<string, string>>): readonly string[] | null {
  const officers = readDefinition('election.yaml', files['election.yaml'] ?? '').definition?.officers ?? [];
  return officers.length > 0 ? officers : null;
}
