import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { listenForCode } from './loopback.ts';
import { createProof, sameText } from './pkce.ts';

const listen = (signal = new AbortController().signal, timeoutMs = 5_000) =>
  listenForCode('the-state', timeoutMs, signal);

describe('the redirect target of the sign-in', () => {
  it('gives the code of the one good answer, then is gone', async () => {
    const loopback = await listen();
    expect(loopback.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    const answer = await fetch(`${loopback.redirectUri}?code=abc&state=the-state`);
    expect(await answer.text()).toContain('Signed in');
    expect(await loopback.code).toBe('abc');
    await expect(fetch(`${loopback.redirectUri}?code=abc&state=the-state`)).rejects.toThrow();
  });

  it('does not mind answers with a wrong state and waits on', async () => {
    const loopback = await listen();
    expect((await fetch(`${loopback.redirectUri}?code=evil&state=guess`)).status).toBe(400);
    expect((await fetch(`${loopback.redirectUri}?code=evil`)).status).toBe(400);
    await fetch(`${loopback.redirectUri}?code=good&state=the-state`);
    expect(await loopback.code).toBe('good');
  });

  it('answers only under its own name, to GET, at its one path', async () => {
    const loopback = await listen();
    expect((await fetch(loopback.redirectUri.replace('/callback', '/'))).status).toBe(404);
    expect((await fetch(`${loopback.redirectUri}?code=a&state=the-state`, { method: 'POST' })).status).toBe(
      404,
    );
    expect(await statusFor(loopback.redirectUri, 'evil.example')).toBe(404);
    loopback.close();
  });

  it('fails when the officer says no in the browser', async () => {
    const loopback = await listen();
    await fetch(`${loopback.redirectUri}?error=access_denied&state=the-state`);
    await expect(loopback.code).rejects.toThrow('not allowed');
  });

  it('fails when it is cancelled', async () => {
    const stop = new AbortController();
    const loopback = await listen(stop.signal);
    stop.abort();
    await expect(loopback.code).rejects.toThrow('cancelled');
  });

  it('fails when nobody answers', async () => {
    await expect((await listen(new AbortController().signal, 20)).code).rejects.toThrow('in time');
  });
});

describe('the proof key', () => {
  it('shows the hash first and the verifier later', () => {
    const { verifier, challenge, state } = createProof();
    expect(verifier).toMatch(/^[\w-]{43}$/);
    expect(challenge).toMatch(/^[\w-]{43}$/);
    expect(new Set([verifier, challenge, state]).size).toBe(3);
    expect(createProof().verifier).not.toBe(verifier);
  });

  it('compares texts of any length', () => {
    expect(sameText('a', 'a')).toBe(true);
    expect(sameText('a', 'ab')).toBe(false);
    expect(sameText('', 'a')).toBe(false);
  });
});

function statusFor(url: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${url}?code=a&state=the-state`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}
