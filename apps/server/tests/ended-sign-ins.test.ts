/** Who may write the database puts back what it held when somebody was still signed in. Nobody is signed in by it. */
import { openKeys, type KeyStore } from '@elekto/ballot-box';
import {
  createSession,
  deleteSessionsOf,
  freeLogin,
  migrate,
  putRow,
  startDatabase,
  tables,
  type Database,
} from '@elekto/db';
import { fakeClock } from '@elekto/testing';
import { DATABASES, freshDatabase } from '@elekto/testing/databases';
import { mkdtempSync, rmSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createSeal } from '../src/auth/seal.ts';
import { createSessions, type Sessions } from '../src/auth/sessions.ts';
import { cookieJar } from '../src/http/cookies.ts';

const DAY = 86_400_000;

describe.each(DATABASES)('a sign-in that has ended, on %s', (name) => {
  const clock = fakeClock('2026-03-03T12:00:00Z');
  let dir: string;
  let db: Database;
  let keys: KeyStore;
  let drop: () => Promise<void>;
  /** Of the last person. */
  let account = 40;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'elekto-ended-'));
    const fresh = await freshDatabase(name, dir);
    drop = () => fresh.drop();
    keys = openKeys(join(dir, 'secrets'));
    db = await startDatabase({ url: fresh.url, pepper: keys.sessionPepper });
    await migrate(db);
  });
  afterAll(async () => {
    await db.close();
    await drop();
    rmSync(dir, { recursive: true, force: true });
  });

  /** A server on this database and these keys, as it is after its start. */
  const server = (ended: KeyStore['endedSignIns'] = openKeys(join(dir, 'secrets')).endedSignIns): Sessions =>
    createSessions({
      db,
      jar: cookieJar('elekto', false),
      seal: createSeal(keys.sessions, 'session'),
      ended,
      now: () => Promise.resolve(clock.now()),
      claims: false,
      tellsCaseApart: 'no',
    });
  /** As one would be that knows nothing but the database. */
  const forgetful = (): Sessions =>
    server({ hasEnded: () => false, earliest: () => 0, end: () => undefined, endAll: () => undefined });

  function request(cookie = '') {
    const req = new IncomingMessage(new Socket());
    req.headers.cookie = cookie;
    const res = new ServerResponse(req);
    const kept = () => String(res.getHeader('Set-Cookie')).split(';')[0] ?? '';
    return { req, res, kept };
  }
  async function signIn(at: Sessions, account: string, login: string): Promise<string> {
    const { req, res, kept } = request();
    await at.start(req, res, { account, login });
    return kept();
  }
  async function whoIs(at: Sessions, cookie: string): Promise<string | null> {
    const { req, res } = request(cookie);
    return (await at.personOf(req, res))?.login ?? null;
  }
  const copyRows = () =>
    db.read(async (em) => ({
      accounts: await tables(em).selectFrom('user_account').selectAll().execute(),
      sessions: await tables(em).selectFrom('session').selectAll().execute(),
    }));
  const putBack = ({ accounts, sessions }: Awaited<ReturnType<typeof copyRows>>) =>
    db.transaction(async (em) => {
      for (const row of accounts) await putRow(em, 'user_account', ['id'], row);
      for (const row of sessions) await putRow(em, 'session', ['id_hash'], row);
    });

  const signOut = async (at: Sessions, cookie: string): Promise<void> => {
    const { req, res } = request(cookie);
    await at.end(req, res);
  };
  const idOf = async (cookie: string): Promise<string> => {
    const { req, res } = request(cookie);
    return (await forgetful().personOf(req, res))?.userId ?? '';
  };

  it.each<[string, (at: Sessions, cookie: string) => Promise<unknown>]>([
    ['was renamed and signed in again', (at) => signIn(at, String(account), 'vera-that-was')],
    ['lost the login to another account', (at) => signIn(at, String((account += 1)), 'Vera')],
    ['signed out', signOut],
    [
      'was signed out everywhere by an operator',
      async (_, cookie) => {
        const id = await idOf(cookie);
        await deleteSessionsOf(db, id);
        keys.endedSignIns.endAll(clock.now(), [id]);
      },
    ],
    [
      'had the login freed by an operator',
      async (_, cookie) => {
        const id = await idOf(cookie);
        await freeLogin(db, { account: String(account) });
        keys.endedSignIns.endAll(clock.now(), [id]);
      },
    ],
  ])('comes back by no rows of before, of somebody who %s', async (_, happens) => {
    const here = server();
    const owner = String((account += 1));
    const cookie = await signIn(here, owner, 'vera');
    const other = await signIn(here, '7', 'nina');
    const before = await copyRows();
    expect(await whoIs(here, cookie)).toBe('vera');
    clock.advance(1000);
    await happens(here, cookie);
    await putBack(before);
    expect(await whoIs(forgetful(), cookie), 'the rows alone say so').toBe('vera');
    expect(await whoIs(server(), cookie), 'another server, and this one after its next start').toBeNull();
    const again = await signIn(server(), owner, 'vera');
    expect(await whoIs(server(), again), 'by the provider, at once').toBe('vera');
    expect(await whoIs(server(), cookie)).toBeNull();
    expect(await whoIs(server(), other), 'nobody else').toBe('nina');
  });

  it('comes back for nobody where the keys lost what they knew', async () => {
    const here = server(keys.endedSignIns);
    const cookies = [await signIn(here, '8', 'vera'), await signIn(here, '7', 'nina')];
    keys.endedSignIns.endAll(clock.now());
    for (const cookie of cookies) expect(await whoIs(here, cookie)).toBeNull();
    expect(await whoIs(here, await signIn(here, '7', 'nina'))).toBe('nina');
  });

  it('comes back by none of the tokens that it had', async () => {
    const here = server();
    const first = await signIn(here, '8', 'vera');
    clock.advance(2 * DAY);
    const { req, res, kept } = request(first);
    expect((await here.personOf(req, res))?.login).toBe('vera');
    const second = kept();
    expect(second).not.toBe(first);
    const before = await copyRows();
    const elsewhere = await signIn(here, '8', 'vera');
    await signOut(here, second);
    await putBack(before);
    expect(await whoIs(forgetful(), first)).toBe('vera');
    for (const cookie of [first, second]) expect(await whoIs(here, cookie)).toBeNull();
    expect(await whoIs(here, elsewhere), 'another browser of the same person').toBe('vera');
  });

  it('is none that has no id by which it could end', async () => {
    const { token } = await createSession(db, {
      userId: await idOf(await signIn(server(), '8', 'vera')),
      login: 'vera',
    });
    const seal = createSeal(keys.sessions, 'session');
    const given = (...parts: readonly (string | number)[]): string => `elekto=${seal.seal(parts.join(' '))}`;
    const at = clock.now();
    expect(await whoIs(server(), given(token, at, 'id'))).toBe('vera');
    for (const cookie of [given(token, at), given(token, at, 'token-before', at)])
      expect(await whoIs(server(), cookie)).toBeNull();
  });

  it('is remembered for as long as a row of it would count, and no longer', async () => {
    const here = server(keys.endedSignIns);
    const cookie = await signIn(here, '8', 'vera');
    const id = await idOf(cookie);
    const before = await copyRows();
    await signOut(here, cookie);
    keys.endedSignIns.endAll(clock.now(), [id]);
    clock.advance(8 * DAY);
    await putBack(before);
    expect(await whoIs(forgetful(), cookie)).toBeNull();
    expect(keys.endedSignIns.earliest(id)).toBeGreaterThan(0);
    clock.advance(3 * DAY);
    await signOut(here, await signIn(here, '7', 'nina'));
    expect(keys.endedSignIns.earliest(id)).toBe(0);
  });
});
