/** By itself, so that a process that only names a database loads no driver. */
import type { Dialect } from './dialect.ts';

export type { Dialect };

/** What speaks at the address of a database; null for one that is not known here. */
export function databaseKind(url: string): Dialect | null {
  if (/^sqlite:./.test(url)) return 'sqlite';
  if (/^postgres(ql)?:\/\/./.test(url)) return 'postgresql';
  return /^(mariadb|mysql):\/\/./.test(url) ? 'mariadb' : null;
}

/** How the database at an address is called to people: by the file of a SQLite, never by what holds a password. */
export function databaseName(url: string): string {
  if (url.startsWith('sqlite:')) return url.slice('sqlite:'.length);
  if (url.startsWith('mysql:')) return 'MySQL';
  return databaseKind(url) === 'mariadb' ? 'MariaDB' : 'PostgreSQL';
}

/** The addresses that can be written, for messages. */
export const DATABASE_URLS = 'sqlite:<path>, postgresql://..., mariadb://... or mysql://...';
