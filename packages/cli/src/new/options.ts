import { readFileSync } from 'node:fs';
import { cleanLogin, foldLogin, isPossibleLogin, METHODS, readVoters, withAccount } from '@elekto/election';
import { InvalidArgumentError } from 'commander';
import { loginRule } from '../login-rule.ts';
import { readMoment } from './moment.ts';

/** What options and answers are read by; each throws InvalidArgumentError that says what was expected. */
export const firstMoment = (text: string): string => moment(text, false);
export const lastMoment = (text: string): string => moment(text, true);

function moment(text: string, isEnd: boolean): string {
  const read = readMoment(text, isEnd);
  if (!read.ok) throw new InvalidArgumentError(`It ${read.why}`);
  return read.utc;
}

export function seats(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Expected a whole number, 1 or more.');
  return Number(text);
}

export function method(text: string): string {
  const meant = METHODS.find((name) => name === text.toLowerCase());
  if (meant === undefined) throw new InvalidArgumentError(`Expected one of ${METHODS.join(', ')}.`);
  return meant;
}

export function logins(text: string): string[] {
  const list = text
    .split(',')
    .map((part) => part.trim().replace(/^@/, ''))
    .filter(Boolean);
  if (list.length === 0 || !list.every(isPossibleLogin))
    throw new InvalidArgumentError('Expected logins, separated by commas.');
  const folded = list.map((login) => foldLogin(login, loginRule(process.env)));
  return list.filter((_, index) => folded.indexOf(folded[index] ?? '') === index);
}

export function oneLogin(text: string): string {
  const [login = '', ...others] = logins(text);
  if (others.length > 0) throw new InvalidArgumentError('Expected one login.');
  return login;
}

/** Logins, or the name of a file: a voters.yaml, or one login a line. */
export function voters(text: string): string[] {
  const file = textOf(text.trim());
  if (file === null) return logins(text);
  const { voters: read } = readVoters(text, file, loginRule(process.env));
  if (read.length > 0) return read.map(withAccount);
  const people = file.split(/\r?\n/).map(cleanLogin).filter(isPossibleLogin);
  if (people.length === 0) throw new InvalidArgumentError(`${text} names no logins, one a line.`);
  return logins(people.join(','));
}

/** A field of a candidate: `employer=Acme`. */
export function field(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^\s*([^=]+?)\s*=\s*(.*?)\s*$/s.exec(text) ?? [];
  if (name === undefined || !value) throw new InvalidArgumentError('Expected a field, "employer=Acme".');
  return { ...before, [name]: value };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (/[./\\]/.test(path) && !path.includes(','))
      throw new InvalidArgumentError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    return null;
  }
}
