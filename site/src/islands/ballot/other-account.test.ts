import { describe, expect, it } from 'vitest';
import type { ProblemKind } from '../shared/problem.ts';
import { problemFor } from './other-account.ts';

const kindFor = async (kind: ProblemKind, ask: () => Promise<string | null>) =>
  (await problemFor({ kind, detail: null }, 'wen-hua', ask)).kind;
const signedIn = (login: string | null) => () => Promise.resolve(login);

describe('a refusal', () => {
  it.each(['malformed-ballot', 'already-voted', 'not-eligible', 'not-voted', 'manifest-changed'] as const)(
    'is another account where somebody else signed in meanwhile, not %s',
    async (kind) => {
      expect(await kindFor(kind, signedIn('yara-said'))).toBe('other-account');
      expect(await kindFor(kind, signedIn('wen-hua'))).toBe(kind);
    },
  );

  it('is nobody signed in where the other one has signed out since', async () => {
    expect(await kindFor('malformed-ballot', signedIn(null))).toBe('not-signed-in');
  });

  it('is what it was where nobody can tell who is signed in', async () => {
    expect(await kindFor('malformed-ballot', () => Promise.reject(new Error('offline')))).toBe(
      'malformed-ballot',
    );
  });

  it('asks for nobody where it is not about who asks', async () => {
    const ask = () => Promise.reject(new Error('asked'));
    for (const kind of ['offline', 'unexpected', 'not-ready', 'not-signed-in'] as const)
      expect(await kindFor(kind, ask)).toBe(kind);
  });
});
