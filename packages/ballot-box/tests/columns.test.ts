/**
 * Every column of every table: who vouches for it, or why somebody who changes it gains nothing. A column that is new is
 * not in the list, and the types and this test say so.
 */
import type { Tables } from '@elekto/db';
import { sql, tables } from '@elekto/db';
import { expect, it } from 'vitest';
import { startWorld } from './support.ts';

/**
 * `mac`: the row's own MAC; `sealed`: it opens under a key outside the database, or not; `chain`: the keyed record;
 * `signed`: by the server's key or its author's; `box`: the sealed box knows the sum of all rows; `key`: what names a row whose other columns are bound to it; `paired`:
 * compared with the keys at each start. Anything else is a reason why nothing is decided by it.
 */
type Guard = 'mac' | 'sealed' | 'box' | 'chain' | 'signed' | 'key' | 'paired' | `harmless: ${string}`;
type Vouched = { readonly [T in keyof Tables]: { readonly [C in keyof Tables[T]]: Guard } };

const COLUMNS: Vouched = {
  installation: { id: 'key', fingerprint: 'paired' },
  user_account: { id: 'mac', account: 'mac', login: 'mac', mac: 'mac' },
  session: { id_hash: 'mac', user_id: 'mac', expires_at: 'mac', mac: 'mac' },
  election: {
    id: 'mac',
    key: 'mac',
    state: 'mac',
    withdrawn: 'mac',
    manifest: 'mac',
    manifest_hash: 'mac',
    opens_at: 'mac',
    closes_at: 'mac',
    closed_at: 'mac',
    seen_commit: 'mac',
    mac: 'mac',
    roll: 'mac',
    pinned: 'mac',
    fetched_from: 'mac',
    file_closes_at: 'mac',
    shards: 'mac',
    former_roll: 'mac',
    roll_hash: 'mac',
    origin: 'mac',
    struck: 'mac',
    restart_asked: 'mac',
    voided: 'mac',
    version: 'mac',
    result_signature: 'mac',
    published_at: 'mac',
  },
  roll_binding: { election: 'mac', login: 'mac', user: 'mac', mac: 'mac', withdrawals: 'sealed' },
  result: { election: 'key', tie_decision: 'mac', sealed: 'sealed', file: 'sealed' },
  participation: {
    election: 'mac',
    user: 'mac',
    kdf: 'mac',
    salt: 'mac',
    auth_tag: 'mac',
    sealed_seed: 'mac',
    mac: 'mac',
  },
  voided_participation: { election: 'mac', run: 'mac', user: 'mac', mac: 'mac' },
  ballot_box: { election: 'key', shard: 'key', version: 'key', sealed: 'sealed', participants: 'sealed' },
  released_record: { election: 'box', id: 'box', sealed: 'box' },
  unlock_failure: {
    election: 'key',
    user: 'key',
    window_no: 'harmless: more tries for who is signed in as the voter; servers limit them in memory too',
    failures: 'harmless: more tries for who is signed in as the voter; servers limit them in memory too',
  },
  checkpoint: {
    election: 'signed',
    seq: 'signed',
    at: 'signed',
    cast_count: 'signed',
    versions: 'signed',
    root: 'signed',
    prev_hash: 'signed',
    hash: 'signed',
    signature: 'signed',
  },
  exception_request: {
    id: 'mac',
    election_key: 'mac',
    user: 'mac',
    login: 'mac',
    name: 'mac',
    email: 'mac',
    reason: 'mac',
    status: 'mac',
    version: 'mac',
    requested_at: 'mac',
    history: 'mac',
    mac: 'mac',
  },
  office: { election_key: 'mac', login: 'mac', account: 'mac', version: 'mac', mac: 'mac' },
  audit_event: {
    seq: 'chain',
    election_key: 'chain',
    at: 'chain',
    actor: 'chain',
    action: 'chain',
    detail: 'chain',
    prev_hash: 'chain',
    hash: 'chain',
  },
  note: { name: 'mac', body: 'mac', version: 'mac', mac: 'mac' },
  board_post: { board: 'key', slot: 'key', copy: 'key', body: 'signed' },
  board_file: { board: 'mac', name: 'mac', about: 'mac', mac: 'mac', file: 'mac' },
};

it('every column of the database is vouched for, or said to decide nothing', async () => {
  const world = await startWorld('sqlite');
  const found = await world.db.read(async (em) => {
    const { rows } = await sql<{ line: string }>`
      select m.name || '.' || c.name as line from sqlite_master m join pragma_table_info(m.name) c
      where m.type = 'table' and m.name not like 'mikro_orm%' and m.name not like 'sqlite%'`.execute(
      tables(em),
    );
    return rows.map(({ line }) => line);
  });
  await world.end();
  const listed = Object.entries(COLUMNS).flatMap(([table, columns]) =>
    Object.keys(columns).map((column) => `${table}.${column}`),
  );
  expect(found.toSorted()).toEqual(listed.toSorted());
});
