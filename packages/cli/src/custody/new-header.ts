/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { FORMAT, readHeader, writeTranscript } from '@elekto/custody/ceremony';
import { custodyWayOut, readOfficerKeys } from '@elekto/election';
import { toBase64Url } from '@elekto/wire';

import { CliError } from '../cli-error.ts';

export interface NewFlags {
  readonly elections: string;
  readonly officers: readonly string[];
  readonly threshold?: number;
  readonly until: string;
  readonly rehearsal?: boolean;
}

/** Writes the custody file of a ceremony that begins: its header, with the public keys that the officers have published. */
export function beginCeremony(board: string, flags: NewFlags): string {
  const path = join(flags.elections, board);
  if (!/^keys\/[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.json$/.test(board))
    throw new CliError(`${board}: a custody file is called keys/<name>.json, from the elections folder`);
  if (existsSync(path))
    throw new CliError(`${path}: there is a ceremony already; a new one takes a new file`);
  const n = flags.officers.length;
  const header = readHeader({
    format: FORMAT,
    kind: flags.rehearsal === true ? 'rehearsal' : 'election',
    threshold: flags.threshold ?? Math.floor(n / 2) + 1,
    officers: flags.officers.map((login) => keysOf(flags.elections, login)),
    until: flags.until,
    nonce: toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
  });
  if (!header.ok) {
    const { code, message } = header.error;
    throw new CliError(
      code === 'header-format'
        ? `${message} Write the last day as --until ${new Date().getUTCFullYear() + 1}-12-31.`
        : `${message} ${custodyWayOut(code).hint}`,
    );
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, writeTranscript({ header: header.value, posts: [] }));
  return `${path} is written. Add it to the repository with a pull request; then each officer deals.\n`;
}

function keysOf(elections: string, login: string): { login: string; sign: string; receive: string } {
  const path = join(elections, 'officers', `${login}.json`);
  if (!existsSync(path))
    throw new CliError(
      `${path} is not there: ${login} makes a key first, with "elekto custody key" or in the console`,
    );
  const { keys, report } = readOfficerKeys({ path, text: readFileSync(path, 'utf8') });
  if (keys === null) throw new CliError(`${path}: ${report.diagnostics[0]?.message ?? 'it cannot be read.'}`);
  return { login: keys.login, sign: keys.sign, receive: keys.receive };
}
