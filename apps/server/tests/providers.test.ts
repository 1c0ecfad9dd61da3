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

  /** Looks like `ada`, `Ada` or somebody else of the files, or would be more than a name where it is put. */
  const NO_LOGINS: readonly [string, string][] = [
    ['a leading @', '@ada'],
    ['an address', 'ada@example.org'],
    ["an account's number", 'ada#1000'],
    ['a space before', ' ada'],
    ['a space behind', 'ada '],
    ['a new line', 'ada\n'],
    ['a zero byte', 'ada\0'],
    ['an invisible character', 'a\u200bda'],
    ['a character that turns the line around', '\u202eada'],
    ['a Cyrillic a', '\u0430da'],
    ['full-width letters', '\uff41\uff44\uff41'],
    ['a sign of Kelvin', 'ol\u212aa'],
    ['a letter and its accent', 'a\u0301da'],
    ['three hundred letters', 'a'.repeat(300)],
    ['a hundred letters', 'a'.repeat(100)],
    ['markup', '<img src=x onerror=alert(1)>'],
    ['a path', '../ada'],
    ['the key of every object', '__proto__'],
    ["a row's separator", 'ada,bob'],
    ["a statement's end", "ada'; drop table user_account; --"],
    ['nothing', ''],
  ];

  it.each(NO_LOGINS)('%s makes a login that signs nobody in, with a sentence', async (_, login) => {
    running.gitHub.setPerson({ id: 4000, login, name: 'Somebody', about: '' });
    const browser = running.browser();
    const callback = await browser.chooseAtGitHub(await browser.beginSignIn(), login);
    const answer = await browser.fetch(callback.href);
    const page = await answer.text();
    expect(answer.status).toBe(502);
    expect(page).toMatch(/none that stands in the files of an election|does not say what the login/);
    if (login.length > 3) expect(page + running.log()).not.toContain(login);
    expect((await browser.api.me.get.query()).user).toBeNull();
    expect([...browser.cookies.keys()]).not.toContain('elekto');
  });

  it('ninety-nine letters are a login, and one that differs in the last only is another', async () => {
    for (const [i, last] of ['a', 'b', 'A'].entries()) {
      const login = 'l'.repeat(98) + last;
      running.gitHub.setPerson({ id: 5000 + i, login, name: 'Long', about: '' });
      const browser = await running.signedIn(login);
      expect((await browser.api.me.get.query()).user).toEqual({ login });
    }
    const first = await running.signedIn(`${'l'.repeat(98)}a`);
    expect((await first.api.me.get.query()).user).toEqual({ login: `${'l'.repeat(98)}a` });
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
