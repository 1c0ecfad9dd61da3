/** What may come out: what honest people did, or a refusal that somebody can act on. */
import { tables } from '@elekto/db';
import { standing } from '@elekto/election';
import type { Refusal } from '@elekto/protocol/refusal';
import type { ResultsFile2 } from '@elekto/protocol/result';
import { verifyResults } from '@elekto/protocol/result';
import type { Row } from '../rows.ts';
import { Lie } from './honest.ts';
import type { Cast } from './honest.ts';

const same = (what: string, found: unknown, honest: unknown): void => {
  const [a, b] = [JSON.stringify(found), JSON.stringify(honest)];
  if (a !== b) throw new Lie(`${what}: ${a} instead of ${b}`);
};

/** A refusal at the count has to say what is wrong, and to name nobody. */
export function mustHelp(cast: Cast, { kind, why }: Refusal): void {
  if (kind !== 'ballot-box-damaged') return;
  if (why === undefined || why.length < 15)
    throw new Lie(`refused without a reason that helps: ${why ?? 'none'}`);
  const named = [...cast.voters, cast.outsider].find(({ login }) => why.includes(login));
  if (named !== undefined) throw new Lie(`the reason names a voter: ${why}`);
}

/** Reads the result as its officers do, and as anybody does once it is published. False where it was refused. */
export async function checkResult(cast: Cast): Promise<boolean> {
  const { scene, truth, reader: person } = cast;
  const json = await scene.box.resultsJson(truth.files, person);
  const csv = await scene.box.ballotsCsv(truth.files, person);
  const outcome = await scene.box.outcome(truth.files, person);
  if (!json.ok || !csv.ok || !outcome.ok) return false;
  const { publicKey } = scene.keys;
  const verified = await verifyResults({ resultsJson: json.value, ballotsCsv: csv.value, publicKey });
  if (!verified.ok) throw new Lie('what the server handed out does not verify');
  const file = JSON.parse(json.value) as ResultsFile2;
  const rows = csv.value.trim().split('\n').slice(1).toSorted();
  same('ballots', rows, [...truth.ballots.values()].toSorted());
  same(
    'who stood',
    file.manifest.candidates,
    truth.pinned ??
      standing(truth.taken.candidates)
        .map(({ id }) => id)
        .toSorted(),
  );
  same('seats', file.manifest.seats, truth.taken.seats);
  same('how many could vote', file.eligible, truth.ever.size);
  same(
    'struck',
    file.struck.map(({ id }) => id),
    [...truth.struck],
  );
  same('restarts', file.voided.length, truth.restarts);
  same(
    'ties',
    file.tieDecisions.flatMap(({ winners }) => winners),
    truth.decisions,
  );
  same('the outcome', outcome.value.outcome.seats.elected, file.outcome.seats.elected);
  for (const receipt of truth.receipts.values()) {
    const checked = await verifyResults({
      resultsJson: json.value,
      ballotsCsv: csv.value,
      publicKey,
      receipt,
    });
    if (!checked.ok) throw new Lie('a ballot that was acknowledged is not in the result');
  }
  return true;
}

/** A record in which nothing is wrong says what was written into it, and nothing else; but for `newest` events that are just written. */
export async function checkRecord({ scene, truth }: Cast, newest = 0): Promise<boolean> {
  if ((await scene.box.recordProblem()) !== null) return false;
  const rows = await recordOf(scene.db);
  same('the record', rows.slice(0, rows.length - newest), truth.record);
  return true;
}

export async function recordOf(db: Cast['scene']['db']): Promise<Row[]> {
  const rows = await db.read((em) =>
    tables(em).selectFrom('audit_event').selectAll().orderBy('seq').execute(),
  );
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

/** Every row about who took part, as a text. */
export async function participationsOf(db: Cast['scene']['db']): Promise<string[]> {
  const rows = await db.read((em) =>
    tables(em)
      .selectFrom('participation')
      // Nothing is counted by rows of a run that was removed: a restart gives the election another id.
      .where('election', 'in', tables(em).selectFrom('election').select('id'))
      .selectAll()
      .execute(),
  );
  return rows.map((row) => JSON.stringify(row));
}
