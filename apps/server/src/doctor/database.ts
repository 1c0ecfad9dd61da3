/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal, in English as all of them */
/** What the database says, and whether the keys are its own. */
import { createBallotBox, holdsKeys, KeysError, lookAtKeys } from '@elekto/ballot-box';
import { checkSchema, durabilityProblem, pendingMigrations, writeProblem, type Database } from '@elekto/db';
import type { Instant } from '@elekto/election';
import { existsSync } from 'node:fs';

import type { Config } from '../config/config.ts';
import { openDatabase } from '../database.ts';
import type { Logger } from '../log.ts';
import { clockOffset } from '../watch/clock-watch.ts';

import { look, well, wrong, type Finding } from './finding.ts';

/** Ms for a database that does not answer. */
const PATIENCE = 1000;

/** Everything that is asked of the database; one line when it is not there. */
export async function databaseFindings(
  config: Config,
  log: Logger,
  hosts: readonly string[],
): Promise<Finding[]> {
  const file = fileOf(config.databaseUrl);
  if (file !== null && !existsSync(file))
    return [look('database', `there is none at ${file}: the first start makes it`)];
  let pepper = new Uint8Array();
  const say = (): void => undefined;
  let db: Database;
  try {
    const parts = { url: config.databaseUrl, pepper: () => pepper, log, say, patience: PATIENCE };
    db = await openDatabase(parts);
  } catch (error) {
    return [wrong('database', (error as Error).message)];
  }
  try {
    const findings = [await clockFinding(await db.read((em) => db.now(em)), hosts)];
    const durable = await durabilityProblem(db);
    findings.push(
      durable === null
        ? well('durability', 'what is acknowledged survives a power cut')
        : wrong('durability', `${durable}: an acknowledged ballot may be lost; turn it on`),
    );
    await checkSchema(db);
    const pending = await pendingMigrations(db);
    if (pending.length > 0) {
      findings.push(
        look('schema', `${pending.join(', ')} to come: back up, then elekto migrate or start the server`),
      );
      return findings;
    }
    findings.push(well('schema', 'up to date'));
    if (!holdsKeys(config.secretsDir)) return findings;
    const keys = await lookAtKeys(db, config.secretsDir);
    pepper = new Uint8Array(keys.sessionPepper);
    findings.push(well('keys', 'belong to this database'));
    const writes = await writeProblem(db);
    findings.push(
      writes === null
        ? well('writes', 'are taken')
        : wrong('writes', `are refused (${writes}): make room, or make the database writable`),
    );
    const box = createBallotBox({ db, keys });
    const record = await box.recordProblem();
    if (record !== null) findings.push(wrong('record', `${record.message}: see "The count stops"`));
    for (const key of await box.keysHeld()) {
      const stale = await box.staleness(key);
      if (stale !== null)
        findings.push(
          wrong(
            `election ${key}`,
            `${stale}: bring back the newest backup, or elekto election accept-restore ${key}`,
          ),
        );
    }
    findings.push(well('freshness', 'looked at for each election'));
    return findings;
  } catch (error) {
    const told = error instanceof KeysError || (error as { safe?: unknown }).safe === true;
    return [
      wrong(
        'database',
        told
          ? (error as Error).message
          : `cannot be used (${(error as { code?: string }).code ?? 'unexpected'})`,
      ),
    ];
  } finally {
    await db.close();
  }
}

/** Of a SQLite database on disk. */
const fileOf = (url: string): string | null =>
  url.startsWith('sqlite:/') ? url.slice('sqlite:'.length) : null;

const SECOND = 1000;
const MINUTE = 60 * SECOND;

async function clockFinding(now: Instant, hosts: readonly string[]): Promise<Finding> {
  const off = await clockOffset(now, hosts);
  if (off === null) return look('clock', 'no host elsewhere could be asked for the time: see that NTP runs');
  const told = `the database's is ${(off / SECOND).toFixed(0)} s off that of hosts elsewhere`;
  if (off > 5 * MINUTE) return wrong('clock', `${told}: set it right. No election is ended until then`);
  return off > 5 * SECOND ? look('clock', `${told}: see that NTP runs`) : well('clock', told);
}
