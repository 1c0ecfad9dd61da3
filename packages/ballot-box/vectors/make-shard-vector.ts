/**
 * Writes the test vector of a sealed shard (docs/wire-format.md): the ballots of the protocol's vectors, under
 * a fixed key and a random nonce: node packages/ballot-box/vectors/make-shard-vector.ts
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Records } from '../src/seal/records.ts';
import { sealShard } from '../src/seal/shard.ts';

const { ballots } = JSON.parse(
  readFileSync(new URL('../../protocol/vectors/ballots-1.json', import.meta.url), 'utf8'),
) as { ballots: { record: string }[] };
const boxKey = createHash('sha256').update('elekto vector box key 0').digest();
const place = { election: 'a0'.repeat(16), shard: 3, version: 12 };
const records = ballots.map((each) => Buffer.from(each.record, 'hex'));
const length = records[0]?.length ?? 0;
const vector = {
  boxKey: boxKey.toString('hex'),
  ...place,
  recordLength: length,
  sealed: sealShard(boxKey, place, Records.of(records, length)).toString('hex'),
  records: ballots.map((each) => each.record).toSorted((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1)),
};
writeFileSync(new URL('./shard-1.json', import.meta.url), `${JSON.stringify(vector, null, 2)}\n`);
