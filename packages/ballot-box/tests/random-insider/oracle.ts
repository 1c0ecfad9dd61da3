/** What may come out: what honest people did, or a refusal that somebody can act on. */
import { tables } from '@elekto/db';
import { openBoard, readManifest } from '@elekto/custody';
import { openAsIfKnown, secretOf } from '@elekto/custody/testing';
import { standing } from '@elekto/election';
import { CLOCK_NOTE, notesIn } from '@elekto/ballot-box';
import type { Receipt } from '@elekto/protocol/ballot';
import type { Refusal } from '@elekto/protocol/refusal';
import type { ResultsFile2 } from '@elekto/protocol/result';
import { verifyResults } from '@elekto/protocol/result';
import type { Row } from '../rows.ts';
import { madeOfficers } from '../officers.ts';
import { Lie } from './honest.ts';
import type { Cast } from './honest.ts';

const same = (what: string, found: unknown, honest: unknown): void => {
  const [a, b] = [JSON.stringify(found), JSON.stringify(honest)];
  if (a !== b) throw new Lie(`${what}: ${a} instead of ${b}`);
};

const idsOf = (candidates: Cast['truth']['files']['candidates']): string[] =>
  standing(candidates)
    .map(({ id }) => id)
    .toSorted();

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
  same('who stood', file.manifest.candidates, truth.pinned ?? idsOf(truth.taken.candidates));
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

/** What is in the box of officers is what was cast, as a quorum of them would read it. */
export async function checkBox({ scene, truth }: Cast, file: Uint8Array): Promise<void> {
  const { key, shares } = await madeOfficers();
  const { manifest: text } = await scene.db.read((em) =>
    tables(em)
      .selectFrom('election')
      .select('manifest')
      .where('key', '=', truth.files.key)
      .executeTakeFirstOrThrow(),
  );
  const manifest = readManifest(text);
  const board = manifest.ok ? openBoard(manifest.value, key, truth.ever.size, file) : manifest;
  if (!manifest.ok || !board.ok) throw new Lie('the officers do not take the box');
  const { rules, candidates } = manifest.value;
  const secret = secretOf(key.header, shares.slice(1));
  const rows = board.value.box.ballots.map(({ bytes }) => openAsIfKnown(rules, bytes, secret)?.join());
  same('ballots', rows.toSorted(), [...truth.ballots.values()].toSorted());
  same('who stood', candidates, truth.pinned ?? idsOf(truth.taken.candidates));
  for (const receipt of truth.receipts.values()) {
    const { recordHash } = JSON.parse(receipt) as Receipt;
    if (!board.value.box.recordHashes.has(recordHash))
      throw new Lie('a ballot that was acknowledged is not in the box');
  }
}

/** What anybody is given of the board is the box as it was cast, or nothing. */
export async function checkServed(cast: Cast): Promise<void> {
  const { box } = cast.scene;
  const { key } = cast.truth.files;
  const listed = await box.boardFiles(key);
  for (const { name } of listed.ok ? listed.value : []) {
    const served = await box.boardFile(key, name);
    if (served.ok && served.value !== null) await checkBox(cast, served.value);
  }
}

/** Who holds the receipt of a ballot that left the box is shown that its voter signed for it, or told that something is wrong. */
export async function checkReleases({ scene, truth }: Cast): Promise<void> {
  for (const receipt of truth.left) {
    const shown = await scene.box.shownRelease(truth.files, receipt);
    if (shown.ok && shown.value === null) throw new Lie('the server seems to have dropped a ballot');
  }
  for (const receipt of truth.receipts.values()) {
    const shown = await scene.box.shownRelease(truth.files, JSON.parse(receipt) as Receipt);
    if (shown.ok && shown.value !== null) throw new Lie('a ballot that is in the box is said to have left');
  }
}

/** What servers keep for each other is what one of them wrote last, or nothing. */
export async function checkNotes({ scene, truth }: Cast): Promise<void> {
  const found = (await notesIn(scene).read(CLOCK_NOTE)).get(CLOCK_NOTE);
  if (found !== undefined) same('what an operator said of the clock', found, truth.clock);
  const { rehearsed } = await scene.box.moments();
  for (const { by } of rehearsed.values()) same('who held a rehearsal', by, 'officer');
}

/** Nobody has said that they hold a share but who did. */
export async function checkReady({ scene, truth }: Cast): Promise<void> {
  const board = truth.files.custody?.board ?? null;
  const found = board === null ? [] : await scene.box.readyOfficers(board, truth.files.key);
  if (!found.every((position) => truth.ready.has(position)))
    throw new Lie('an officer is said to hold a share who did not say so');
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
