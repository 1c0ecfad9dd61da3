/** The whole server with accounts of GitLab and of an issuer of OpenID Connect, as the stand-in plays them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { appFinding } from '../src/doctor/sign-in-app.ts';

import { writeMeta } from './support/meta.ts';
import { run, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';

describe('with accounts of GitLab', () => {
  let running: Running;
  beforeAll(async () => {
    running = await run({
      meta: writeMeta({ steering: {} }),
      people: ['vera', 'olga', 'nina'],
      env: { ELEKTO_SIGN_IN: 'gitlab' },
    });
  });
  afterAll(() => running?.stop());

  it('voters and officers sign in, come back to where they were, and are who the files name', async () => {
    const vera = running.browser();
    expect(await vera.signIn('vera', '/elections/steering/ballot/')).toBe('/elections/steering/ballot/');
    const me = await vera.api.me.get.query();
    expect(me.user).toEqual({ login: 'vera' });
    expect(me.elections[0]).toMatchObject({ stand: { kind: 'may-vote' }, officer: false });
    const olga = await running.signedIn('olga');
    expect((await olga.api.me.get.query()).elections[0]).toMatchObject({ officer: true });
  });

  it('a person stays the same through a change of their login, and whoever takes it is another', async () => {
    const nina = await running.signedIn('nina');
    running.gitHub.setPerson({ id: 1002, login: 'nina-new', name: 'Nina', about: '' });
    running.gitHub.setPerson({ id: 2002, login: 'nina', name: 'Another', about: '' });
    await running.signedIn('nina');
    expect((await nina.api.me.get.query()).user).toBeNull();
    expect((await (await running.signedIn('nina-new')).api.me.get.query()).user).toEqual({
      login: 'nina-new',
    });
  });

  it('pages and the console say so, and link to profiles there', async () => {
    const signIn = running.site.built.at(-1)?.signIn;
    expect(signIn).toEqual({ name: 'GitLab', profiles: 'https://gitlab.com' });
    expect((await running.browser().api.me.get.query()).signIn).toEqual(signIn);
  });

  it('the doctor finds that the provider knows the app, or not', async () => {
    const { config } = running.server;
    expect(await appFinding(config)).toMatchObject({ kind: 'well' });
    const other = { ...config, signIn: { ...config.signIn, clientSecret: 'another' } };
    expect(await appFinding(other)).toMatchObject({
      kind: 'wrong',
      told: expect.stringContaining('says invalid_client: see ELEKTO_SIGN_IN_CLIENT_ID') as string,
    });
  });

  it('no other provider takes the place of this one', async () => {
    const { env } = running;
    const refused = await running.restart(() => void (env['ELEKTO_SIGN_IN'] = 'forgejo')).catch(String);
    expect(refused).toContain('an account or a login there may be somebody else');
    env['ELEKTO_SIGN_IN'] = 'gitlab';
    await running.restart();
    expect((await (await running.signedIn('vera')).api.me.get.query()).user).toEqual({ login: 'vera' });
  });

  it('no token and no session is written anywhere', async () => {
    const browser = await running.signedIn('vera');
    const [cookie = ''] = [...browser.cookies.values()];
    expect(running.log()).not.toContain(cookie);
    expect(running.log()).not.toMatch(/gho_|eyJ/);
  });
});

describe('with accounts of an issuer of OpenID Connect that tells Ada from ada', () => {
  let running: Running;
  beforeAll(async () => {
    const people = ['Ada', 'ada', 'Olga', 'olga'];
    running = await run({
      meta: writeMeta({ steering: { voters: ['Ada', 'ada', 'olga'], officers: ['Olga', 'olga'] } }),
      people,
      env: { ELEKTO_SIGN_IN: 'oidc' },
    });
  });
  afterAll(() => running?.stop());

  it('each of the two votes once under their own name, whoever comes first', async () => {
    for (const login of ['ada', 'Ada']) {
      const browser = await running.signedIn(login);
      await vote(browser, 'steering', { bob: 1 });
      await expect(vote(browser, 'steering', { cy: 1 })).rejects.toThrow();
      const me = await browser.api.me.get.query();
      expect([me.user?.login, me.elections[0]?.stand?.kind]).toEqual([login, 'voted']);
      expect(me.signIn).toEqual({ name: '127.0.0.1', profiles: null, logins: 'exact' });
    }
  });

  it('each is the officer that the files name, and a third spelling is nobody', async () => {
    for (const login of ['olga', 'Olga']) {
      const { api } = await running.signedIn(login);
      const { voters } = await api.officer.roll.query({ key: 'steering' });
      expect(voters.map((voter) => voter.login)).toEqual(['Ada', 'ada', 'olga']);
    }
    running.gitHub.setPerson({ id: 3000, login: 'ADA', name: 'Another', about: '' });
    const other = await running.signedIn('ADA');
    expect((await other.api.me.get.query()).elections[0]).toMatchObject({ officer: false });
    await expect(vote(other, 'steering', { bob: 1 })).rejects.toThrow();
  });

  it('the settings cannot make the two one afterwards', async () => {
    const { env } = running;
    const refused = await running
      .restart(() => void (env['ELEKTO_SIGN_IN_LOGIN_CASE'] = 'ignored'))
      .catch(String);
    expect(refused).toContain('whoever came first of Ada and ada would have the vote of both');
    delete env['ELEKTO_SIGN_IN_LOGIN_CASE'];
    await running.restart();
  });
});
