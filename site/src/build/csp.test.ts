import { describe, expect, it } from 'vitest';
import { directives, hashSource } from './csp.ts';

describe('the policy of the site', () => {
  it('allows each inline script by its hash and nothing else inline', () => {
    const made = directives(['go()'], '');
    expect(made['script-src']).toContain(hashSource('go()'));
    // The hash that `printf 'go()' | openssl dgst -sha256 -binary | base64` prints.
    expect(hashSource('go()')).toMatch(/^'sha256-[A-Za-z0-9+/]{43}='$/);
    expect(JSON.stringify(made)).not.toMatch(/unsafe-inline|unsafe-eval'.*unsafe-eval|\*|https?:/);
    expect(made['default-src']).toEqual(["'none'"]);
    expect(made['require-trusted-types-for']).toEqual(["'script'"]);
  });

  it('lets pages reach the API where that is elsewhere', () => {
    expect(directives([], 'https://vote.example.org')['connect-src']).toEqual([
      "'self'",
      'https://vote.example.org',
    ]);
  });
});
