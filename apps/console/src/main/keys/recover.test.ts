/** Whose words they are is asked of the custody file, whatever a server lists or leaves out. */
import { recoveryPhrase, writeTranscript } from '@elekto/custody/ceremony';
import { headerOf, keyOf } from '@elekto/custody/testing';
import { toBase64Url } from '@elekto/wire';
import { describe, expect, it } from 'vitest';
import { Ceremonies, type InGit } from './ceremonies.ts';
import { type KeptKey, OfficerKeys } from './officer-keys.ts';

const FILE = writeTranscript({ header: headerOf(3, 2), posts: [] });
const listed = (login: string, number: number) => ({
  login,
  sign: toBase64Url(keyOf(number).sign),
  receive: toBase64Url(keyOf(number).receive),
});
const wordsOf = (number: number): string => recoveryPhrase(new Uint8Array(16).fill(number));

interface Told {
  readonly files?: readonly string[];
  readonly officers?: readonly ReturnType<typeof listed>[];
}

const NO_ANSWERS = {
  unreachable: { kind: 'unreachable', reason: 'ECONNREFUSED' },
  'signed-out': { kind: 'error', error: { data: { code: 'UNAUTHORIZED' } } },
  strange: { kind: 'data', data: null },
} as const;

/** What comes of words that officer-1 types, with a server that says this; and what is kept then. */
async function recovered(
  words: string,
  told: Told | 'unreachable' | 'signed-out' | 'strange',
  login = 'officer-1',
  inGit: Awaited<ReturnType<InGit>> = null,
) {
  let kept: readonly KeptKey[] = [];
  const vault = { remembers: true, seal: (text: string) => text, open: (sealed: string) => sealed };
  const shelf = { get: () => kept, set: (next: readonly KeptKey[]) => Promise.resolve(void (kept = next)) };
  const keys = new OfficerKeys(vault, shelf);
  const answer =
    typeof told === 'string'
      ? NO_ANSWERS[told]
      : ({
          kind: 'data',
          data: {
            boards: (told.files ?? []).map((text) => ({ file: 'keys/2026.json', text })),
            officers: told.officers ?? [],
            folder: 'elections',
            meta: { url: null, host: null, branch: null, commit: 'a'.repeat(40) },
          },
        } as const);
  const waits = { get: () => ({}), set: () => Promise.resolve() };
  const ceremonies = new Ceremonies(
    () => Promise.resolve(answer),
    keys,
    waits,
    () => Promise.resolve(inGit),
  );
  const said = await keys.recover(login, words, await ceremonies.named());
  return { said, kept: kept.map((one) => one.login) };
}

const refused = (said: unknown) => ({ said, kept: [] });

describe('the words of a key, on another computer', () => {
  it('are one\u2019s own by the custody file, or by a published key where there is no ceremony yet', async () => {
    for (const told of [{ files: [FILE] }, { officers: [listed('officer-1', 1)] }, { files: ['x', FILE] }])
      expect((await recovered(wordsOf(1), told)).kept).toEqual(['officer-1']);
  });

  it('are another\u2019s by the custody file, whatever the server lists beside it: nothing, an older key, or theirs', async () => {
    for (const officers of [[], [listed('officer-2', 9)], [listed('officer-2', 2)]])
      expect(await recovered(wordsOf(2), { files: [FILE], officers })).toEqual(
        refused({ kind: 'anothers', login: 'officer-2' }),
      );
  });

  it('are kept in the name that the file has by now, where somebody was renamed', async () => {
    const officers = [listed('new-name', 1)];
    expect((await recovered(wordsOf(1), { files: [FILE], officers }, 'new-name')).kept).toEqual(['new-name']);
    expect(await recovered(wordsOf(1), { files: [FILE] }, 'new-name')).toEqual(
      refused({ kind: 'anothers', login: 'officer-1' }),
    );
  });

  it('are another\u2019s by git before there is a ceremony, whose key the server lists under whatever login', async () => {
    const officers = [listed('officer-1', 2)];
    const git = { inFiles: [], officers: [listed('officer-1', 1), listed('officer-2', 2)] };
    expect(await recovered(wordsOf(2), { officers }, 'officer-1', { ok: true, value: git })).toEqual(
      refused({
        kind: 'refused',
        message:
          'Officers\u2019 keys, the server: it lists the key of officer-2 under the login officer-1. Nothing was done with it: tell the other officers.',
      }),
    );
    expect(await recovered(wordsOf(2), {}, 'officer-1', { ok: true, value: git })).toEqual(
      refused({ kind: 'anothers', login: 'officer-2' }),
    );
    const { kept } = await recovered(wordsOf(1), {}, 'officer-1', { ok: true, value: git });
    expect(kept).toEqual(['officer-1']);
  });

  it('are nobody\u2019s where nothing names them, or the server leaves everything out', async () => {
    for (const told of [{ files: [FILE] }, {}])
      expect(await recovered(wordsOf(7), told)).toEqual(refused({ kind: 'nobodys' }));
    expect(await recovered(wordsOf(2), {})).toEqual(refused({ kind: 'nobodys' }));
  });

  it('are judged in no way, right or wrong, while the server does not say whose key is whose', async () => {
    for (const none of ['unreachable', 'signed-out', 'strange'] as const)
      for (const number of [1, 2, 7])
        expect(await recovered(wordsOf(number), none)).toEqual(refused({ kind: 'not-known' }));
    expect(
      (await recovered('qwerty', 'unreachable')).said,
      'what is no phrase is told without a server',
    ).toEqual({ kind: 'no-phrase', unknown: ['qwerty'] });
  });
});
