import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { connect } from './connection.ts';
import { keepToken } from './tokens.ts';

const home = mkdtempSync(join(tmpdir(), 'elekto-tokens-'));
const tokenFile = join(home, 'elekto', 'session');
const seen: string[] = [];
const servers: Server[] = [];
const origins: string[] = [];
beforeAll(async () => {
  for (const name of ['one', 'other']) {
    const server = createServer((request, response) => {
      seen.push(`${name}: ${request.headers.authorization ?? ''}`);
      response.end('{"result":{"data":null}}');
    });
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    servers.push(server);
    origins.push(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  }
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(home, { recursive: true });
});
const asked = async (server = ''): Promise<unknown> => connect({ server, tokenFile }).query('x', {});

describe('a sign-in of a terminal', () => {
  it('is sent to its own server alone, and each server has its own', async () => {
    const [one = '', other = ''] = origins;
    keepToken(tokenFile, one, 'first');
    await asked(`${one}/elections`);
    await expect(asked(other)).rejects.toThrow(
      `you are not signed in at ${other} here: run "elekto custody sign-in --server ${other}" first`,
    );
    expect(seen).toEqual(['one: Bearer first']);
    keepToken(tokenFile, other, 'second');
    await asked(other);
    await asked(one);
    expect(seen.slice(1)).toEqual(['other: Bearer second', 'one: Bearer first']);
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
  });

  it('of an older version, which names no server, is sent to none', async () => {
    const [one = ''] = origins;
    writeFileSync(tokenFile, 'first\n');
    await expect(asked(one)).rejects.toThrow(`you are not signed in at ${one} here`);
    keepToken(tokenFile, one, 'again');
    expect(JSON.parse(readFileSync(tokenFile, 'utf8'))).toEqual({ [one]: 'again' });
  });
});
