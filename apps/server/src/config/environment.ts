/** From the process environment to values by name: old names, `_FILE` variants, and what is wrong with them. */
import { readFileSync } from 'node:fs';

import { DROPPED, VARIABLES, type Variable, type VariableName } from './variables.ts';

export interface Environment {
  readonly values: Partial<Record<VariableName, string>>;
  /** Each a sentence. */
  readonly problems: readonly string[];
  /** Old names in use, a sentence each. */
  readonly notes: readonly string[];
}

/** Empty means not set, as in a .env file with the value left out. */
const given = (env: NodeJS.ProcessEnv, name: string): string | undefined => {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
};

/** Reads every variable of the table. Reads the files that `_FILE` variables name and touches nothing else. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const values: Partial<Record<VariableName, string>> = {};
  const problems: string[] = [];
  const notes: string[] = [];
  for (const variable of VARIABLES as readonly (Variable & { name: VariableName })[]) {
    const value =
      given(env, variable.name) ?? fromFile(env, variable, problems) ?? fromOldName(env, variable, notes);
    if (value !== undefined) values[variable.name] = value;
  }
  const old = given(env, 'DB_CONNECTION');
  if (old !== undefined && values.ELEKTO_DATABASE_URL === undefined) problems.push(insteadOf(old));
  for (const [name, reason] of Object.entries(DROPPED)) {
    if (given(env, name) !== undefined) notes.push(`${name} is not used: ${reason}.`);
  }
  return { values, problems, notes };
}

function fromFile(env: NodeJS.ProcessEnv, variable: Variable, problems: string[]): string | undefined {
  const names = variable.secret
    ? [variable.name, ...(variable.oldNames ?? [])].map((name) => `${name}_FILE`)
    : [];
  const name = names.find((each) => given(env, each) !== undefined);
  const path = name === undefined ? undefined : given(env, name);
  if (path === undefined) return undefined;
  try {
    const text = readFileSync(path, 'utf8').trim();
    if (text !== '') return text;
    problems.push(`${name}: ${path} is empty.`);
  } catch (error) {
    problems.push(`${name}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  return undefined;
}

function fromOldName(env: NodeJS.ProcessEnv, variable: Variable, notes: string[]): string | undefined {
  for (const old of variable.oldNames ?? []) {
    const value = given(env, old);
    if (value === undefined) continue;
    notes.push(`${old} is called ${variable.name} now; it was read.`);
    return value;
  }
  return undefined;
}

/** The database of the older Elekto holds other tables: a server that went on in it would mix the two. */
const insteadOf = (kind: string): string =>
  `DB_CONNECTION=${kind} names a database of the older Elekto: write ELEKTO_DATABASE_URL=${kind === 'mysql' || kind === 'mariadb' ? kind : 'postgresql'}://user:password@host/name with a new database, or leave both out for SQLite, and take the old one over with elekto import-elekto (docs/moving-from-elekto.md).`;
