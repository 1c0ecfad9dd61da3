import { readVoters } from '@elekto/election';
import { readCsv } from './csv.ts';
import { parsed } from './parsed.ts';
import { RollFileError } from './problem.ts';

const MOST_CHARACTERS = 32 * 1024 * 1024;

/** YAML or JSON as plain values, with every scalar as its text. */
export function yamlTexts(file: string, text: string): unknown {
  if (text.length > MOST_CHARACTERS) throw new RollFileError(`${file} is larger than 32 MiB.`);
  const document = parsed(text, { schema: 'failsafe', logLevel: 'silent', uniqueKeys: false });
  if (typeof document === 'string') throw new RollFileError(`${file} is not valid YAML: ${document}.`);
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch {
    throw new RollFileError(`${file} has aliases that expand to too much.`);
  }
}

/**
 * The texts that a path leads to: names joined by `.`, `[*]` for every item of a list and `*` for every value of a map.
 * What is not there is left out; a list at the end gives its items.
 */
export function textsAt(value: unknown, path: string): readonly string[] {
  const steps = path
    .replaceAll(/\[(\*|\d+)\]/g, '.[$1]')
    .split('.')
    .filter((step) => step !== '');
  let here: readonly unknown[] = [value];
  for (const step of steps) {
    const index = /^\[(\*|\d+)\]$/.exec(step)?.[1];
    here = here.flatMap((each): readonly unknown[] => {
      if (index !== undefined) {
        if (!Array.isArray(each)) return [];
        return index === '*' ? (each as unknown[]) : each.slice(Number(index), Number(index) + 1);
      }
      if (typeof each !== 'object' || each === null || Array.isArray(each)) return [];
      if (step === '*') return Object.values(each);
      return Object.hasOwn(each, step) ? [(each as Record<string, unknown>)[step]] : [];
    });
  }
  return here.flat().filter((each): each is string => typeof each === 'string' && each !== '');
}

/** Logins that a YAML or JSON file names at a path. */
export function namedIn(file: string, text: string, at: string): readonly string[] {
  const found = textsAt(yamlTexts(file, text), at);
  if (found.length === 0)
    throw new RollFileError(`${file} has nothing at "${at}": compare the path with the file.`);
  return found;
}

/** The logins of an earlier voters.yaml. */
export function rollIn(file: string, text: string): readonly string[] {
  const { voters, readable, report } = readVoters(file, text);
  if (!readable)
    throw new RollFileError(`${file} cannot be read: ${report.diagnostics[0]?.message ?? 'it is no roll'}`);
  return voters.map(({ login }) => login);
}

/** People of a CODEOWNERS file; teams (`@org/team`) and addresses are left out. */
export function codeownersIn(text: string): readonly string[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, ''))
    .flatMap((line) => line.trim().split(/\s+/).slice(1))
    .filter((owner) => /^@[^/@\s]+$/.test(owner))
    .map((owner) => owner.slice(1));
}

export interface CsvCount {
  readonly login: string;
  readonly count: number | null;
}

/** Logins of a CSV file by its column, with the number of another where one is asked for. */
export function csvIn(file: string, text: string, column: string, count: string | null): readonly CsvCount[] {
  const [header = [], ...rows] = readCsv(text);
  const find = (name: string): number => {
    const at = header.findIndex((cell) => cell.trim().toLowerCase() === name.trim().toLowerCase());
    if (at < 0)
      throw new RollFileError(
        `${file} has no column "${name}". It has: ${header.map((cell) => cell.trim()).join(', ')}.`,
      );
    return at;
  };
  const [loginAt, countAt] = [find(column), count === null ? null : find(count)];
  return rows.flatMap((row, index): readonly CsvCount[] => {
    const login = (row[loginAt] ?? '').trim();
    if (login === '') return [];
    if (countAt === null) return [{ login, count: null }];
    const number = Number((row[countAt] ?? '').trim());
    if ((row[countAt] ?? '').trim() === '' || !Number.isFinite(number) || number < 0)
      throw new RollFileError(
        `${file}, row ${index + 2}: "${row[countAt] ?? ''}" in "${count}" is not a number. Write digits alone, "1050" for "1,050", or name another column as "count".`,
      );
    return [{ login, count: number }];
  });
}
