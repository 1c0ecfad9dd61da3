/** A hostile server asks the console for a proof over somebody's ballot while people vote. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OfficerMemory } from '@elekto/officer';
import { canonicalJson, toBase64Url, toHex } from '@elekto/wire';
import { afterAll, describe, expect, it } from 'vitest';
import { keys as officers, openElection, sealed } from '../../../packages/officer/tests/world.ts';
import { Counts } from '../src/main/count/counts.ts';
import { OfficerKeys } from '../src/main/keys/officer-keys.ts';

const { repository, manifest, sourceCommit } = openElection();
const home = mkdtempSync(join(tmpdir(), 'elekto-challenge-'));
afterAll(() => {
  repository.remove();
  rmSync(home, { recursive: true, force: true });
});

/** What officer 1 is told whose server shows this as what the ballots are sealed for, and what was sent to it. */
async function asked(shown: string) {
  const sent: unknown[] = [];
  const [own] = officers;
  if (own === undefined) throw new Error('an officer');
  const kept = { login: 'officer-1', sign: toBase64Url(own.sign), receive: toBase64Url(own.receive) };
  const counts = new Counts({
    ask: async (type, path, input) => {
      if (type === 'mutation') sent.push(path, input);
      return { kind: 'data', data: path === 'board.manifest' ? shown : { alive: [1] } };
    },
    keys: new OfficerKeys(
      { remembers: true, seal: (text) => text, open: (text) => text },
      { get: () => [{ ...kept, sealed: toHex(new Uint8Array(16).fill(1)) }], set: async () => undefined },
    ),
    server: () => ({ address: 'https://vote.example.org', copies: join(home, 'copies') }),
    openMemory: (address) => OfficerMemory.open(join(home, 'memory.json'), address),
    openDesk: () => {
      throw new Error('no share is used but for a count');
    },
    tell: () => undefined,
  });
  await counts.chooseRepository({ source: repository.dir, branch: 'main', folder: 'elections' });
  return { said: await counts.sayAlive('steering'), sent };
}

describe('the console, while people vote', () => {
  const [ballot] = sealed(manifest, [[1, 2]]);
  const record = toBase64Url(ballot?.record ?? new Uint8Array());
  const a = toBase64Url(ballot?.record.slice(49, 81) ?? new Uint8Array());
  const none = 'what the ballots are said to be sealed for is no manifest of officers.';
  const other = `it says something else than the files of the repository at commit ${sourceCommit.slice(0, 12)}: other candidates, rules, officers or another key.`;

  it.each([
    ['a ballot', record, none],
    ['a ballot in JSON', JSON.stringify({ record }), none],
    ['a ballot beside the manifest', canonicalJson({ ...manifest, record }), other],
    ['a point of it as the key', canonicalJson({ ...manifest, publicKey: a }), other],
  ])('sends nothing for %s, and names step and party', async (_, shown, why) => {
    expect(await asked(shown)).toEqual({
      said: {
        kind: 'data',
        data: { kind: 'refused', code: 'act-manifest', message: `Manifest, the server: ${why}` },
      },
      sent: [],
    });
  });

  it('proves for the manifest of git alone', async () => {
    const { said, sent } = await asked(canonicalJson(manifest));
    expect(said).toMatchObject({ kind: 'data', data: { kind: 'alive', officers: 1 } });
    expect(sent).toEqual([
      'custody.alive',
      {
        ...{ file: 'keys/2026.json', key: 'steering', officer: 1 },
        proof: expect.stringMatching(/^[A-Za-z0-9_-]{86}$/) as string,
      },
    ]);
  });
});
