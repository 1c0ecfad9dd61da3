import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { CliError } from './cli-error.ts';
import { isSystemError } from './tally-input.ts';

const fieldsSchema = z.record(z.string(), z.unknown());
const fileSchema = z.union([z.array(fieldsSchema), z.record(z.string(), fieldsSchema)]);

/**
 * What `field` says of every candidate: from an election folder with candidate-*.md files, or from JSON,
 * either `{"alice": {"employer": "Acme"}}` or `[{"id": "alice", "employer": "Acme"}]`.
 * @throws CliError when nothing there can be read.
 */
export async function readFieldValues(source: string, field: string): Promise<Map<string, string>> {
  try {
    return statSync(source).isDirectory() ? await fromFolder(source, field) : fromJson(source, field);
  } catch (error) {
    if (isSystemError(error)) throw new CliError(`${source}: cannot be read (${error.code})`);
    throw error;
  }
}

async function fromFolder(folder: string, field: string): Promise<Map<string, string>> {
  const { readCandidateFile } = await import('@elekto/election');
  const values = new Map<string, string>();
  for (const name of readdirSync(folder).sort()) {
    if (!/^candidate-.*\.md$/.test(name)) continue;
    const { candidate } = readCandidateFile(name, readFileSync(join(folder, name), 'utf8'));
    const value = candidate?.fields.find((each) => each.name === field)?.value.trim();
    if (candidate !== null && value !== undefined && value !== '') values.set(candidate.id, value);
  }
  return values;
}

function fromJson(file: string, field: string): Map<string, string> {
  const parsed = fileSchema.safeParse(parseJson(file));
  if (!parsed.success) {
    throw new CliError(`${file}: expected an object of candidates by id, or a list of candidates with "id"`);
  }
  const rows = Array.isArray(parsed.data)
    ? parsed.data.map((fields) => [String(fields['id'] ?? fields['ID'] ?? ''), fields] as const)
    : Object.entries(parsed.data);
  const values = new Map<string, string>();
  for (const [id, fields] of rows) {
    const value = fieldOf(fields, field);
    if (value !== undefined) values.set(id, value);
  }
  return values;
}

/** Fields may also be inside `info`, as candidate files have them. */
function fieldOf(fields: Record<string, unknown>, field: string): string | undefined {
  const info = fieldsSchema.safeParse(fields['info']);
  const inside = info.success ? info.data : {};
  const value = Object.hasOwn(fields, field)
    ? fields[field]
    : Object.hasOwn(inside, field)
      ? inside[field]
      : undefined;
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

export function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CliError(`${file}: expected JSON: ${error.message}`);
    throw error;
  }
}
