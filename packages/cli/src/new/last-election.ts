import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { bodyOf, readDefinition, readInstant, type Instant } from '@elekto/election';
import { isMap, parseDocument, type Document } from 'yaml';
import { CliError } from '../cli-error.ts';
import { electionsAbove, isElectionsFolder } from '../elections-folder.ts';
import { description, type NewElection } from './election-files.ts';
import { written } from './moment.ts';

type Definition = NonNullable<ReturnType<typeof readDefinition>['definition']>;

/**
 * The folder of the election that ended last: of those of `body` below the elections folder, or without one of those beside
 * `folder`; null without any.
 */
export async function lastElection(folder: string, body = ''): Promise<string | null> {
  const wanted = body.toLowerCase();
  let last: { path: string; end: Instant } | null = null;
  for (const path of await (body === '' ? beside(folder) : inElections(folder))) {
    if (resolve(path) === resolve(folder)) continue;
    const text = await readFile(join(path, 'election.yaml'), 'utf8').catch(() => null);
    const found = text === null ? null : readDefinition('election.yaml', text).definition;
    if (found === null || (body !== '' && bodyOf(found)?.name.toLowerCase() !== wanted)) continue;
    if (last === null || found.closesAt > last.end) last = { path, end: found.closesAt };
  }
  return last?.path ?? null;
}

async function beside(folder: string): Promise<readonly string[]> {
  const parent = dirname(folder);
  if (isElectionsFolder(parent)) return [];
  return (await readdir(parent).catch(() => [])).map((name) => join(parent, name));
}

/** Folders with an election.yaml below the elections folder that `folder` is in. */
async function inElections(folder: string): Promise<readonly string[]> {
  const found = electionsAbove(folder);
  const top = isAbsolute(folder) ? found : relative('', found) || '.';
  const all = await readdir(top, { recursive: true }).catch(() => []);
  return all.filter((path) => basename(path) === 'election.yaml').map((path) => join(top, dirname(path)));
}

/** Of the new election only, or of a ceremony that was held for the old one. */
const NOT_TAKEN = ['custody', 'exceptions_due'];
const TEXTS = ['election_desc.md', 'candidate-template.md', 'questions.md', 'roll.yaml'];
const FIELDS = {
  body: 'body',
  organization: 'organization',
  seats: 'no_winners',
  officers: 'election_officers',
  method: 'method',
  eligibility: 'eligibility',
  exceptions: 'exception_description',
} as const;

/** What election.yaml of a folder says. @throws CliError when there is none that can be read. */
export async function definitionAt(from: string): Promise<Definition> {
  const { definition } = readDefinition('election.yaml', await textAt(from));
  if (definition !== null) return definition;
  throw new CliError(
    `${from}/election.yaml cannot be read: "elekto lint --fix" may repair it, --no-copy does without.`,
  );
}

async function textAt(from: string): Promise<string> {
  return readFile(join(from, 'election.yaml'), 'utf8').catch(() => {
    throw new CliError(`${from} holds no election.yaml to take over.`);
  });
}

/** What a new election has of an earlier one, where nothing else is asked for. */
export function likeLast(last: Definition, start: string): Partial<NewElection> {
  return {
    name: last.name.replace(/(?:19|20)\d\d/, start.slice(0, 4)),
    organization: last.organization,
    seats: last.seats,
    ...(last.officers.length > 0 && { officers: last.officers }),
    method: last.counting.method,
    eligibility: last.eligibility,
    exceptions: last.exceptionDescription,
  };
}

/**
 * Files of an earlier election for a new one: election.yaml with its comments, of which only the dates, the name and what differs
 * change; the texts, and roll.yaml. Throws CliError when it cannot be read.
 */
export async function takenOver(from: string, asked: NewElection): Promise<Readonly<Record<string, string>>> {
  const document = parseDocument(await textAt(from), { logLevel: 'silent' });
  if (document.errors.length > 0)
    throw new CliError(
      `${from}/election.yaml is not valid YAML: "elekto lint --fix" may repair it, --no-copy does without.`,
    );
  const last = likeLast(await definitionAt(from), asked.start);
  for (const field of NOT_TAKEN) document.delete(field);
  moveNominations(document, (await definitionAt(from)).opensAt, asked.start);
  document.set('name', asked.name);
  document.set('start_datetime', asked.start);
  document.set('end_datetime', asked.end);
  document.set('exception_due', asked.end);
  for (const [name, field] of Object.entries(FIELDS)) {
    const value = asked[name as keyof typeof FIELDS];
    const before = last[name as keyof typeof FIELDS] ?? '';
    if (String(value) !== String(before)) document.set(field, value);
  }
  const files: Record<string, string> = { 'election.yaml': document.toString({ lineWidth: 0 }) };
  for (const file of TEXTS) {
    const own = await readFile(join(from, file), 'utf8').catch(() => null);
    if (own !== null) files[file] = own;
  }
  if (asked.description !== '') files['election_desc.md'] = description(asked);
  return files;
}

/** Nominations are as long before voting as they were. */
function moveNominations(document: Document, opened: Instant, start: string): void {
  const nominations = document.get('nominations');
  if (!isMap(nominations)) return;
  const by = Date.parse(`${start.replace(' ', 'T')}Z`) - opened;
  for (const key of ['opens', 'closes']) {
    const read = readInstant(String(nominations.get(key) ?? ''), key === 'closes');
    if (read.ok) nominations.set(key, written(read.at + by));
  }
}
