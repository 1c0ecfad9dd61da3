import { LOGINS_NOTE, notesIn, openKeys, PROVIDER_NOTE, type Notes } from '@elekto/ballot-box';
import { migrate, signIn, startDatabase, tables, unclaimedId, type Database } from '@elekto/db';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { SignInSettings } from '../config/sign-in.ts';

import { keepLoginRule, keepProvider } from './provider-memory.ts';

const settings = (kind: SignInSettings['kind'], url: string, demo = false): SignInSettings => ({
  kind,
  url,
  demo,
  name: kind,
  profiles: url,
  apiUrl: null,
  clientId: 'id',
  clientSecret: 'secret',
  loginClaim: null,
  loginCase: kind === 'oidc' ? null : 'ignored',
});
const GITHUB = settings('github', 'https://github.com');
const GITLAB = settings('gitlab', 'https://gitlab.com');

const notesOf = (kept: Map<string, string>): Notes => ({
  write: (name, body) => Promise.resolve(void kept.set(name, body)),
  read: () => Promise.resolve(kept),
  lastIs: () => null,
  remove: (names) => Promise.resolve(names.forEach((name) => kept.delete(name))),
});

let db: Database;
let kept: Map<string, string>;
beforeEach(async () => {
  db = await startDatabase({ url: 'sqlite::memory:', pepper: new Uint8Array(32) });
  await migrate(db);
  kept = new Map();
});
afterEach(() => db.close());
const start = (with_: SignInSettings) => keepProvider(db, notesOf(kept), with_);

it('lets the provider of a database be another as long as nobody has signed in', async () => {
  await start(GITHUB);
  await start(GITLAB);
  // As an import of the older Elekto leaves somebody: nobody of this provider yet.
  await signIn(db, { account: unclaimedId('vera'), login: 'vera' });
  await start(GITHUB);
  await signIn(db, { account: '7', login: 'vera' });
  await start(GITHUB);
});

it.each([
  ['another kind', GITLAB],
  ['the same kind elsewhere', settings('github', 'https://github.example.org')],
  ['the stand-in of a trial', settings('github', 'http://127.0.0.1:4000', true)],
])('refuses %s once somebody has, with what to do, and leaves everything as it is', async (_, other) => {
  await start(GITHUB);
  await signIn(db, { account: '7', login: 'vera' });
  const before = new Map(kept);
  await expect(start(other)).rejects.toThrow(
    /^the accounts in this database are those of github https:\/\/github.com, and the settings name .* Set ELEKTO_SIGN_IN and ELEKTO_SIGN_IN_URL back, or begin with a new database/,
  );
  expect(kept).toEqual(before);
  await start(GITHUB);
});

it('takes somebody whom their provider calls nearly as those are called who wait for a login for one of its people', async () => {
  await start(GITLAB);
  await signIn(db, { account: `${unclaimedId('').toUpperCase()}7`, login: 'vera' });
  await expect(start(GITHUB)).rejects.toThrow('are those of gitlab https://gitlab.com');
});

it('takes a database from before it was remembered for one of GitHub, and for no other', async () => {
  await signIn(db, { account: '7', login: 'vera' });
  await expect(start(GITLAB)).rejects.toThrow('are those of github,');
  await start(settings('github', 'https://github.example.org'));
  await expect(start(GITHUB)).rejects.toThrow('https://github.example.org');
});

it('gives an account that waits for a login to nobody of another provider', async () => {
  const waiting = await signIn(db, { account: unclaimedId('vera'), login: 'vera' });
  const elsewhere = await signIn(db, { account: '7', login: 'vera' });
  expect(elsewhere.userId).not.toBe(waiting.userId);
  const onGitHub = await signIn(db, { account: '8', login: 'vera' }, { claims: true });
  expect(onGitHub.userId).toBe(waiting.userId);
});

describe('whether an issuer of OpenID Connect tells Ada from ada', () => {
  const oidc = (loginCase: SignInSettings['loginCase'] = null): SignInSettings => ({
    ...settings('oidc', 'https://id.example.org'),
    loginCase,
  });
  const rule = (with_: SignInSettings) => keepLoginRule(db, notesOf(kept), with_);
  const exact = { logins: 'exact' };
  const sign = () => signIn(db, { account: '7', login: 'vera' });

  it('is taken for sure where nobody says otherwise, and never of GitHub', async () => {
    expect(await rule(oidc())).toEqual(exact);
    await sign();
    expect(await rule(oidc())).toEqual(exact);
    expect(await keepLoginRule(db, notesOf(new Map()), GITHUB)).toEqual({});
  });

  it('stays as it was in a database that people have used before it was asked, until the operator says it', async () => {
    await sign();
    expect(await rule(oidc())).toEqual({});
    expect(await rule(oidc('exact'))).toEqual(exact);
    expect(await rule(oidc())).toEqual(exact);
  });

  it("is the operator's to say while nobody has signed in, and cannot be taken back afterwards", async () => {
    expect(await rule(oidc('ignored'))).toEqual({});
    expect(await rule(oidc('exact'))).toEqual(exact);
    expect(await rule(oidc('ignored'))).toEqual({});
    expect(await rule(oidc('exact'))).toEqual(exact);
    await sign();
    await expect(rule(oidc('ignored'))).rejects.toThrow(
      /whoever came first of Ada and ada .* Set it to exact/,
    );
    expect(await rule(oidc())).toEqual(exact);
  });
});

describe('where somebody has removed what is remembered from the database', () => {
  let dir: string;
  let notes: Notes;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'elekto-memory-'));
    notes = notesIn({ db, keys: openKeys(join(dir, 'secrets')) });
    await keepProvider(db, notes, GITLAB);
    await keepLoginRule(db, notes, settings('oidc', 'https://id.example.org'));
    await signIn(db, { account: '7', login: 'vera' });
    await db.transaction((em) => tables(em).deleteFrom('note').execute());
    // Another server, which has only the secrets directory to know it from.
    notes = notesIn({ db, keys: openKeys(join(dir, 'secrets')) });
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const kept = async () => [...(await notes.read('')).keys()].toSorted();

  it('no other provider takes the place of the one that was, GitHub neither, and that one is remembered anew', async () => {
    for (const other of [GITHUB, settings('gitlab', 'https://git.example.org')])
      await expect(keepProvider(db, notes, other)).rejects.toThrow('are those of another provider, and');
    expect(await kept()).toEqual([]);
    await keepProvider(db, notes, GITLAB);
    expect(await kept()).toEqual([PROVIDER_NOTE]);
  });

  it('Ada and ada stay two people', async () => {
    const rule = (loginCase: SignInSettings['loginCase']) => keepLoginRule(db, notes, { loginCase });
    await expect(rule('ignored')).rejects.toThrow('whoever came first of Ada and ada');
    expect(await rule(null)).toEqual({ logins: 'exact' });
    expect(await kept()).toEqual([LOGINS_NOTE]);
  });
});
