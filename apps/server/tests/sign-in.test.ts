import { findPeople, startDatabase } from '@elekto/db';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createSeal } from '../src/auth/seal.ts';

import { refusalOf, type Browser } from './support/browser.ts';
import { run, DATABASES, type Running } from './support/running.ts';
import { writeMeta } from './support/meta.ts';

describe.each(DATABASES)('signing in, on %s', (database) => {
  let running: Running;
  beforeAll(async () => {
    running = await run({
      meta: writeMeta({ steering: {} }),
      people: ['vera', 'Victor', 'nina', 'olga'],
      database,
    });
  });
  afterAll(() => running?.stop());

  it('goes to GitHub and comes back to where it started', async () => {
    const browser = running.browser();
    expect(await browser.signIn('vera', '/elections/steering/ballot/?x=1#y')).toBe(
      '/elections/steering/ballot/?x=1#y',
    );
    const me = await browser.api.me.get.query();
    expect(me.user).toEqual({ login: 'vera' });
    expect(me.elections).toEqual([
      {
        key: 'steering',
        stand: { kind: 'may-vote', next: 'vote' },
        voted: false,
        officer: false,
        phase: 'open',
      },
    ]);
  });

  it('asks GitHub for no permission, and proves with PKCE that it is the same browser', async () => {
    const { searchParams } = await running.browser().beginSignIn();
    expect(searchParams.get('scope') ?? '').toBe('');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('state')?.length).toBeGreaterThanOrEqual(32);
  });

  it('knows eligibility without regard to case, and officers', async () => {
    const victor = await running.signedIn('Victor');
    expect((await victor.api.me.get.query()).elections[0]).toMatchObject({
      stand: { kind: 'may-vote', next: 'vote' },
    });
    const olga = await running.signedIn('olga');
    expect((await olga.api.me.get.query()).elections[0]).toMatchObject({
      stand: { kind: 'too-late' },
      officer: true,
    });
    const nina = await running.signedIn('nina');
    expect((await nina.api.me.get.query()).elections[0]).toMatchObject({
      stand: { kind: 'too-late', next: 'officers' },
      officer: false,
    });
  });

  it('keeps a person through a change of their login, and asks a browser that knows them by the old one to sign in again', async () => {
    const nina = await running.signedIn('nina');
    running.gitHub.setPerson({ id: 1002, login: 'nina-new', name: 'Nina', about: '' });
    const again = await running.signedIn('nina-new');
    expect((await again.api.me.get.query()).user).toEqual({ login: 'nina-new' });
    expect((await nina.api.me.get.query()).user).toBeNull();
    running.gitHub.setPerson({ id: 1002, login: 'nina', name: 'Nina', about: '' });
  });

  it('gives the office of a login to who uses it first, by a sign-in of the last day', async () => {
    const start = running.clock.now();
    const { setPerson } = running.gitHub;
    const offices = async (browser: Browser) =>
      (await browser.api.officer.elections.query()).elections.length;
    try {
      const former = await running.signedIn('olga');
      running.clock.set(start + 2 * 86_400_000);
      // Renamed meanwhile, says GitHub, and this old sign-in knows nothing of it.
      expect(await offices(former)).toBe(0);
      expect(await refusalOf(former.api.officer.exceptions.query({ key: 'steering' }))).toBe('not-officer');
      setPerson({ id: 1003, login: 'olga-that-was', name: 'Olga', about: '' });
      setPerson({ id: 2003, login: 'olga', name: 'Olga', about: '' });
      const officer = await running.signedIn('olga');
      expect(await officer.api.officer.exceptions.query({ key: 'steering' })).toEqual([]);
      expect((await former.api.me.get.query()).user).toBeNull();
      setPerson({ id: 2003, login: 'olga-again', name: 'Olga', about: '' });
      setPerson({ id: 1003, login: 'olga', name: 'Olga', about: '' });
      const thief = await running.signedIn('olga');
      expect(await offices(thief)).toBe(0);
      expect(await refusalOf(thief.api.officer.exceptions.query({ key: 'steering' }))).toBe('not-officer');
      expect((await thief.api.me.get.query()).elections[0]).toMatchObject({ officer: false });
      expect(await offices(await running.signedIn('olga-again'))).toBe(1);
    } finally {
      running.clock.set(start);
    }
  });

  it('ends with signing out, on the server too', async () => {
    const browser = await running.signedIn('vera');
    const stolen = new Map(browser.cookies);
    await browser.api.me.signOut.mutate();
    expect(browser.cookies.size).toBe(0);
    const thief = running.browser();
    for (const [name, value] of stolen) thief.setCookie(name, value);
    expect((await thief.api.me.get.query()).user).toBeNull();
  });

  it('can be ended by a form', async () => {
    const browser = await running.signedIn('vera');
    const answer = await browser.fetch('/auth/sign-out', { method: 'POST' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('clear-site-data')).toBe('"storage"');
    expect((await browser.api.me.get.query()).user).toBeNull();
  });

  it('lasts a week without use, and a month at most with use', async () => {
    const start = running.clock.now();
    const day = 86_400_000;
    const idle = await running.signedIn('vera');
    const busy = await running.signedIn('vera');
    const loggedIn = async (browser: typeof idle): Promise<boolean> =>
      (await browser.api.me.get.query()).user !== null;
    try {
      for (let days = 3; days <= 27; days += 3) {
        running.clock.set(start + days * day);
        expect(await loggedIn(busy)).toBe(true);
      }
      expect(await loggedIn(idle)).toBe(false);
      running.clock.set(start + 30 * day + 1);
      expect(await loggedIn(busy)).toBe(false);
    } finally {
      running.clock.set(start);
    }
  });

  it('changes the token as it ages, and the old one stops counting', async () => {
    const start = running.clock.now();
    try {
      const browser = await running.signedIn('vera');
      const old = new Map(browser.cookies);
      running.clock.advance(2 * 86_400_000);
      await browser.api.me.get.query();
      expect(browser.cookies).not.toEqual(old);
      // A request that was on its way with the old token is still served for a moment, with the same person.
      const late = running.browser();
      for (const [name, value] of old) late.setCookie(name, value);
      expect((await late.api.me.get.query()).user).toEqual({ login: 'vera' });
      expect((await browser.api.me.get.query()).user).toEqual({ login: 'vera' });
    } finally {
      running.clock.set(start);
    }
  });

  it('is given to nobody who has the secret of the sign-in app and the database', async () => {
    const vera = await running.signedIn('vera');
    const verifier = 'v'.repeat(43);
    const row = await startDatabase({ url: running.server.config.databaseUrl }).then(async (db) => {
      const found = await findPeople(db, { login: 'vera' });
      await db.close();
      return found[0];
    });
    const redirectUri = 'http://127.0.0.1:4321/callback';
    const code = {
      ...row,
      challenge: createHash('sha256').update(verifier).digest('base64url'),
      redirectUri,
      nonce: 'n'.repeat(16),
      expiresAt: Date.now() + 60_000,
    };
    const { clientSecret } = running.server.config.signIn;
    const forged = createSeal(Buffer.from(clientSecret), 'native').seal(JSON.stringify(code));
    const answer = await fetch(`${running.url}/auth/native/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-elekto': '1' },
      body: JSON.stringify({ code: forged, verifier, redirectUri }),
    });
    expect(answer.status).toBe(400);
    expect((await vera.api.me.get.query()).user).toEqual({ login: 'vera' });
  });

  it('writes no token of GitHub and no session anywhere', async () => {
    const browser = await running.signedIn('vera');
    const [cookie = ''] = [...browser.cookies.values()];
    expect(cookie.length).toBeGreaterThan(40);
    expect(running.log()).not.toContain(cookie);
    expect(running.log()).not.toMatch(/gho_/);
  });
});
