/**
 * Every procedure of the router, called by everybody: who may call it is written down here, and a procedure
 * that is not written down fails.
 */
import { appRouter } from '@elekto/api';
import { writeTranscript } from '@elekto/custody/ceremony';
import { headerOf } from '@elekto/custody/testing';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Browser } from './support/browser.ts';
import { writeMeta } from './support/meta.ts';
import { DATABASES, run, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';

const PEOPLE = ['vera', 'victor', 'oscar', 'olga'] as const;
/** `victor` is another voter, `oscar` an officer of another election, `olga` one of this. */
type Who = 'anonymous' | (typeof PEOPLE)[number];
const EVERYBODY: readonly Who[] = ['anonymous', ...PEOPLE];

type Rule =
  /** For everybody. */
  | 'public'
  /** For whoever is signed in, about themselves; the others get `not-signed-in`. */
  | 'signed-in'
  /** For officers of the election of the input; others get `not-officer`. */
  | 'officer'
  /** For officers of any election; others get `not-officer`. */
  | 'any-officer';

const key = 'steering';
const bytes = (n: number): string => Buffer.alloc(n, 7).toString('base64url');
const record = { authKey: bytes(32), handle: bytes(16) };
const cast = {
  manifestHash: '0'.repeat(64),
  suite: 1,
  handle: bytes(16),
  shard: 0,
  encapsulated: bytes(32),
  ciphertext: bytes(40),
  binding: bytes(32),
  kdf: 1,
  salt: bytes(16),
  authKey: bytes(32),
  sealedSeed: bytes(48),
};

const RULES: Readonly<Record<string, { readonly rule: Rule; readonly input?: unknown }>> = {
  'me.get': { rule: 'public' },
  'me.stand': { rule: 'public', input: { key } },
  'me.signOut': { rule: 'public' },
  'status.get': { rule: 'public' },
  'ballot.paper': { rule: 'signed-in', input: { key } },
  'ballot.participation': { rule: 'signed-in', input: { key } },
  'ballot.cast': { rule: 'signed-in', input: { key, cast } },
  'ballot.unlock': { rule: 'signed-in', input: { key, authKey: bytes(32) } },
  'ballot.record': { rule: 'signed-in', input: { key, ...record } },
  'ballot.replace': {
    rule: 'signed-in',
    input: { key, authKey: bytes(32), old: { handle: bytes(16) }, cast },
  },
  'ballot.withdraw': { rule: 'signed-in', input: { key, ...record } },
  'ballot.release': {
    rule: 'public',
    input: {
      key,
      receipt: {
        version: 1,
        election: key,
        manifestHash: '0'.repeat(64),
        recordHash: '0'.repeat(64),
        signature: bytes(64),
        publicKey: bytes(32),
      },
    },
  },
  'ballot.inclusionProof': { rule: 'public', input: { key, tracker: '0'.repeat(32) } },
  'exception.mine': { rule: 'signed-in', input: { key } },
  'exception.request': { rule: 'signed-in', input: { key, name: 'N', email: 'n@example.org', reason: 'R' } },
  'exception.reply': { rule: 'signed-in', input: { key, version: 1, text: 'T' } },
  'officer.elections': { rule: 'signed-in' },
  'officer.live': { rule: 'signed-in' },
  'officer.definition': { rule: 'officer', input: { key } },
  'officer.turnout': { rule: 'officer', input: { key } },
  'officer.exceptions': { rule: 'officer', input: { key } },
  'officer.decide': { rule: 'officer', input: { key, id: 'x', version: 1, status: 'approved', note: '' } },
  'officer.close': { rule: 'officer', input: { key } },
  'officer.outcome': { rule: 'officer', input: { key } },
  'officer.ballotsCsv': { rule: 'officer', input: { key } },
  'officer.resultsJson': { rule: 'officer', input: { key } },
  'officer.resultsDraft': { rule: 'officer', input: { key } },
  'officer.recordTieDecision': { rule: 'officer', input: { key, winners: ['ada'], how: 'by lot' } },
  'officer.published': { rule: 'officer', input: { key } },
  'officer.audit': { rule: 'officer', input: { key } },
  'officer.roll': { rule: 'officer', input: { key } },
  'officer.rehearse': { rule: 'officer', input: { key } },
  'officer.strike': { rule: 'officer', input: { key, id: 'ada', strike: true } },
  'officer.askRestart': { rule: 'officer', input: { key } },
  'officer.confirmRestart': { rule: 'officer', input: { key } },
  'officer.cancelRestart': { rule: 'officer', input: { key } },
  'custody.boards': { rule: 'signed-in' },
  'custody.board': { rule: 'any-officer', input: { file: 'keys/2026.json' } },
  'custody.ready': {
    rule: 'any-officer',
    input: { file: 'keys/2026.json', key, officer: 1, proof: 'A'.repeat(86) },
  },
  'custody.alive': {
    rule: 'any-officer',
    input: { file: 'keys/2026.json', key, officer: 1, proof: 'A'.repeat(86) },
  },
  'board.manifest': { rule: 'public', input: { election: key } },
  'board.custody': { rule: 'public', input: { election: key } },
  'board.files': { rule: 'public', input: { election: key } },
  'board.file': { rule: 'public', input: { election: key, name: '00-box.bin' } },
  'board.post': { rule: 'any-officer', input: { election: key, file: 'AAAA' } },
  'board.standing': { rule: 'any-officer', input: { election: key } },
  'custody.post': { rule: 'any-officer', input: { file: 'keys/2026.json', post: {} } },
  'officer.publicResult': { rule: 'officer', input: { key } },
};

interface Answer {
  readonly status: number;
  readonly kind: string | null;
  readonly data: unknown;
}

const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
).map(([path, procedure]) => ({ path, type: procedure._def.type }));

/** A stream begins also for who is refused; the refusal is the first thing in it. */
async function refusalInStream(response: Response): Promise<string | null> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let wait = 0; wait < 10 && !text.includes('serialized-error'); wait += 1) {
    const piece = await Promise.race([reader?.read(), sleep(50)]);
    if (piece?.done) break;
    text += piece?.value ?? '';
  }
  await reader?.cancel();
  return /"kind":"([a-z-]+)"/.exec(text)?.[1] ?? null;
}

async function call(browser: Browser, path: string, type: string, input: unknown): Promise<Answer> {
  const body = input === undefined ? undefined : JSON.stringify(input);
  const query = body === undefined || type === 'mutation' ? '' : `?input=${encodeURIComponent(body)}`;
  const headers = { 'x-elekto': '1', 'content-type': 'application/json' };
  const response = await browser.fetch(
    `/trpc/${path}${query}`,
    type === 'mutation' ? { method: 'POST', headers, ...(body !== undefined && { body }) } : {},
  );
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    return { status: response.status, kind: await refusalInStream(response), data: null };
  }
  const answer = (await response.json()) as {
    error?: { data: { refusal: { kind: string } | null } };
    result?: { data: unknown };
  };
  return {
    status: response.status,
    kind: answer.error?.data.refusal?.kind ?? null,
    data: answer.result?.data,
  };
}

describe.each(DATABASES)('who may call what, on %s', (database) => {
  let running: Running;
  beforeAll(async () => {
    const meta = writeMeta({
      steering: { exceptionsDue: '2026-03-05 00:00:00' },
      other: { officers: ['oscar'], voters: ['oscar'] },
    });
    mkdirSync(join(meta, 'elections/keys'));
    writeFileSync(
      join(meta, 'elections/keys/2026.json'),
      writeTranscript({ header: headerOf(3, 2), posts: [] }),
    );
    running = await run({ meta, people: [...PEOPLE, 'nina'], database });
    await vote(await running.signedIn('vera'), key, { ada: 1, bob: 2 });
  });
  afterAll(() => running?.stop());

  it('has a rule for every procedure, and no rule for what does not exist', () => {
    expect(Object.keys(RULES).sort()).toEqual(procedures.map(({ path }) => path).sort());
  });

  describe.each(procedures)('$path', ({ path, type }) => {
    const { rule, input } = RULES[path] ?? { rule: 'officer' };

    it.each(EVERYBODY)('for %s', async (who) => {
      const browser = who === 'anonymous' ? running.browser() : await running.signedIn(who);
      const { kind, status } = await call(browser, path, type, input);
      expect(status).not.toBe(500);
      const refused = ['not-signed-in', 'not-officer'].includes(kind ?? '') ? kind : null;
      const wanted =
        rule === 'public'
          ? null
          : who === 'anonymous'
            ? 'not-signed-in'
            : (rule === 'officer' && who !== 'olga') ||
                (rule === 'any-officer' && who !== 'olga' && who !== 'oscar')
              ? 'not-officer'
              : null;
      expect(refused).toBe(wanted);
    });
  });

  it("opens nobody's ballot to another voter or to an officer", async () => {
    for (const who of ['victor', 'olga', 'oscar'] as const) {
      const browser = await running.signedIn(who);
      expect(await call(browser, 'ballot.unlock', 'mutation', { key, authKey: bytes(32) })).toMatchObject({
        kind: 'not-voted',
      });
      expect(await call(browser, 'ballot.record', 'mutation', { key, ...record })).toMatchObject({
        kind: 'not-voted',
      });
    }
  });

  it("shows an officer nothing of another election's requests, nor lets them decide one by its id", async () => {
    const nina = await running.signedIn('nina');
    const request = await nina.api.exception.request.mutate({
      key,
      name: 'Nina',
      email: 'nina@example.org',
      reason: 'I wrote the docs.',
    });
    const ids = { id: request.id, version: request.version, status: 'approved', note: '' } as const;
    const oscar = await running.signedIn('oscar');
    expect(await call(oscar, 'officer.decide', 'mutation', { key, ...ids })).toMatchObject({
      kind: 'not-officer',
    });
    expect(await call(oscar, 'officer.decide', 'mutation', { key: 'other', ...ids })).toMatchObject({
      kind: 'unknown-request',
    });
    expect((await call(oscar, 'officer.exceptions', 'query', { key: 'other' })).data).toEqual([]);
    expect((await call(oscar, 'exception.mine', 'query', { key })).data).not.toMatchObject({
      id: request.id,
    });
  });

  it('lists to an officer their own elections only', async () => {
    const keysOf = async (who: string): Promise<string[]> => {
      const { elections } = await (await running.signedIn(who)).api.officer.elections.query();
      return elections.map((election) => election.key);
    };
    expect(await keysOf('olga')).toEqual(['steering']);
    expect(await keysOf('oscar')).toEqual(['other']);
    expect(await keysOf('vera')).toEqual([]);
  });

  it('does not take an election that does not exist for one that may be officiated', async () => {
    const olga = await running.signedIn('olga');
    for (const absent of ['nowhere', '__proto__', 'constructor', '../steering']) {
      expect(await call(olga, 'officer.turnout', 'query', { key: absent })).toMatchObject({
        kind: 'not-officer',
      });
      expect(await call(olga, 'ballot.paper', 'query', { key: absent })).toMatchObject({
        kind: 'unknown-election',
      });
    }
  });
});
