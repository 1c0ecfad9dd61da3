import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

describe('reports', () => {
  it.each([
    ['a bearer token', 'Authorization: Bearer abc.def-123'],
    ['a GitHub token', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'],
    ['a fine-grained token', 'github_pat_11AAAA_bbbb'],
    ['an address', 'mail to someone@example.org now'],
    ['a sign-in code', 'http://127.0.0.1:4000/callback?code=s3cr3t-abc&state=zzz'],
    ['a passphrase in JSON', '{"passphrase":"correct horse battery staple"}'],
    ['a home directory', '/home/edda/.config/elekto'],
    ['a home directory on Windows', 'C:\\Users\\edda\\AppData'],
    ['a long opaque string', 'A'.repeat(64)],
  ])('do not hold %s', (_, text) => {
    const left = redact(text);
    for (const secret of [
      'abc.def-123',
      'abcdefghijklmnop',
      '11AAAA',
      'someone@',
      's3cr3t',
      'zzz',
      'correct',
      'edda',
      'A'.repeat(40),
    ])
      expect(left).not.toContain(secret);
  });

  it('keep what helps', () =>
    expect(
      redact('TypeError: x is not a function\n    at VoteView (app://console/assets/index.js:10:5)'),
    ).toBe('TypeError: x is not a function\n    at VoteView (app://console/assets/index.js:10:5)'));
});
