import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeIn, routeOfLink } from './deep-link.ts';

describe('a link into the app', () => {
  it('shows a page of an election', () => {
    expect(routeOfLink('elekto://elections/steering---2027/exceptions')).toBe(
      '#/elections/steering---2027/exceptions',
    );
    expect(routeOfLink('elekto://elections/gr%C3%BCn/')).toBe('#/elections/gr%C3%BCn/overview');
    expect(routeIn(['/usr/bin/elekto-console', '--flag', 'elekto://elections/a/turnout'])).toBe(
      '#/elections/a/turnout',
    );
  });

  it.each([
    '',
    'elekto:',
    'elekto://settings',
    'elekto://elections/',
    'elekto://elections/a?server=https://evil.example',
    'elekto://elections/a#b',
    'elekto://user@elections/a',
    'elekto://elections:80/a',
    'elekto://elections/a/b/c',
    'elekto://elections/a/../../settings',
    'elekto://elections/%00',
    'elekto://elections/%0aopen:',
    'elekto://elections/%E0%A4%A',
    'ELEKTO://elections/a',
    'elekto://elections/a\\nelekto://elections/b',
    'https://elections/a',
    'javascript:alert(1)',
    'file:///etc/passwd',
    `elekto://elections/${'a'.repeat(601)}`,
    '--inspect=9229',
  ])('that is %j is none', (link) => expect(routeOfLink(link)).toBeNull());

  it('leads to a page of an election, or nowhere, whatever it is', () => {
    const links = fc.string().map((rest) => `elekto://elections/${rest}`);
    fc.assert(
      fc.property(fc.oneof(fc.string(), links), (link) => {
        expect(routeOfLink(link) ?? '#/elections/x/y').toMatch(/^#\/elections\/[^/?#\s]+\/[a-z]+$/);
      }),
    );
  });
});
