import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { Candidate, CandidateField, readCandidateFile } from '@elekto/election';
import { z } from 'zod';

import { CliError } from './cli-error.ts';
import { isSystemError } from './system-error.ts';

const fieldsSchema = z.record(z.string(), z.unknown());
const fileSchema = z.union([z.array(fieldsSchema), z.record(z.string(), fieldsSchema)]);

/** A candidate as far as a limit of seats has to know one. */
type WithFields = Pick<Candidate, 'id' | 'fields'>;

/**
 * What `field` says of every candidate: from an election folder with candidate-*.md files, or from JSON,
 * either `{"alice": {"employer": "Acme"}}` or `[{"id": "alice", "employer": "Acme"}]`.
 * @throws CliError when nothing there can be read.
 */
export async function readFieldValues(
  source: string,
  field: string,
  groups: readonly string[] = [],
): Promise<Map<string, string>> {
  const { groupValues, limitValues, readCandidateFile } = await import('@elekto/election');
  try {
    const candidates = statSync(source).isDirectory()
      ? fromFolder(source, readCandidateFile)
      : fromJson(source);
    const seats = Object.fromEntries(groups.map((value) => [value, 1]));
    // Groups keep their own spelling, under which a limit of the same field counts them, too.
    return new Map(
      Object.entries({ ...limitValues(candidates, field), ...groupValues(candidates, { field, seats }) }),
    );
  } catch (error) {
    if (isSystemError(error)) throw new CliError(`${source}: cannot be read (${error.code})`);
    throw error;
  }
}

function fromFolder(folder: string, read: typeof readCandidateFile): WithFields[] {
  return readdirSync(folder)
    .filter((name) => /^candidate-.*\.md$/.test(name))
    .sort()
    .flatMap((name) => read(name, readFileSync(join(folder, name), 'utf8')).candidate ?? []);
}

function fromJson(file: string): WithFields[] {
  const parsed = fileSchema.safeParse(parseJson(file));
  if (!parsed.success) {
    throw new CliError(`${file}: expected an object of candidates by id, or a list of candidates with "id"`);
  }
  const rows = Array.isArray(parsed.data)
    ? parsed.data.map((fields) => [String(fields['id'] ?? fields['ID'] ?? ''), fields] as const)
    : Object.entries(parsed.data);
  return rows.map(([id, fields]) => ({ id, fields: [...fieldsOf(fields), ...fieldsOf(fields['info'])] }));
}

/** Fields may also be inside `info`, as candidate files have them. */
function fieldsOf(value: unknown): CandidateField[] {
  const fields = fieldsSchema.safeParse(value);
  if (!fields.success) return [];
  return Object.entries(fields.data).flatMap(([name, text]) =>
    ['string', 'number', 'boolean'].includes(typeof text) ? [{ name, value: String(text) }] : [],
  );
}

export function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CliError(`${file}: expected JSON: ${error.message}`);
    throw error;
  }
}
