import { describe, expect, it } from 'vitest';
import { serverOrigin } from './server-url.ts';

describe('the address of a server', () => {
  it.each([
    ['elections.example.org', 'https://elections.example.org'],
    ['  https://elections.example.org/console/#/x ', 'https://elections.example.org'],
    ['https://elections.example.org:8443', 'https://elections.example.org:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('%j is %s', (typed, origin) => expect(serverOrigin(typed)).toBe(origin));

  it.each([
    '',
    ' ',
    'http://elections.example.org',
    'http://localhost.example.org',
    'http://127.0.0.1.example.org',
    'ftp://example.org',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:secret@example.org',
    'https://',
    'not a url at all',
  ])('%j is none', (typed) => expect(serverOrigin(typed)).toBeNull());
});
