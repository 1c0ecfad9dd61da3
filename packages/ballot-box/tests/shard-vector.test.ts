import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as independent from '../../protocol/tests/independent/decoder.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('the test vector of a sealed shard, decoded by an implementation that shares no code with ours', () => {
  it('opens, and not at another version', () => {
    const vector = JSON.parse(readFileSync(new URL('../vectors/shard-1.json', import.meta.url), 'utf8')) as {
      boxKey: string;
      sealed: string;
      election: string;
      shard: number;
      version: number;
      records: string[];
    };
    const { boxKey, sealed, election, shard, version } = vector;
    const records = independent.openShard(hex(boxKey), hex(sealed), election, shard, version);
    expect(records.map((record) => record.toString('hex'))).toEqual(vector.records);
    expect(() => independent.openShard(hex(boxKey), hex(sealed), election, shard, version + 1)).toThrow();
  });
});
