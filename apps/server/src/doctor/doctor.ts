/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal, in English as all of them */
/** `elekto doctor`: looks at an installation, whether its server runs or not, and says a line about each thing. */
import { ConfigError, readConfig, type Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import { timeHostsOf } from '../sync/time-hosts.ts';

import { databaseFindings } from './database.ts';
import { look, lineOf, well, wrong, type Finding } from './finding.ts';
import { backupFindings, diskFindings, keysDirectoryFinding } from './machine.ts';
import { repositoryFinding, serverFindings } from './outside.ts';
import { appFinding } from './sign-in-app.ts';

/** Ms for the whole repository, which a server that has no copy of it needs. */
const REPOSITORY_PATIENCE = 60_000;

/**
 * Looks at the installation of `env`. Makes nothing, neither database nor directory nor key, and writes nothing but one
 * row of a few bytes in a database that is there and up to date, to see that it takes them.
 */
export async function examine(env: NodeJS.ProcessEnv, log: Logger): Promise<Finding[]> {
  let config: Config;
  const findings: Finding[] = [];
  try {
    const read = readConfig(env);
    ({ config } = read);
    findings.push(well('settings', 'complete'), ...read.notes.map((note) => look('settings', note)));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => wrong('settings', problem));
  }
  findings.push(...(await diskFindings(config)), keysDirectoryFinding(config));
  findings.push(...(await databaseFindings(config, log, timeHostsOf(config) ?? [])));
  findings.push(...backupFindings(config, Date.now()));
  findings.push(await repositoryFinding(config, REPOSITORY_PATIENCE), await appFinding(config));
  findings.push(...(await serverFindings(config)));
  return findings;
}

/** Writes a line for each finding; 1 when something is wrong, else 0. */
export async function runDoctor(
  env: NodeJS.ProcessEnv,
  log: Logger,
  write: (line: string) => void,
): Promise<number> {
  const findings = await examine(env, log);
  for (const finding of findings) write(lineOf(finding));
  const bad = findings.filter(({ kind }) => kind === 'wrong').length;
  write(bad === 0 ? 'Nothing is wrong.' : `${bad} wrong: see docs/operators-troubleshooting.md.`);
  return bad === 0 ? 0 : 1;
}
