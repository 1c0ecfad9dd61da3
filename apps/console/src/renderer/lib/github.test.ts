import { describe, expect, it } from 'vitest';
import { areAccountsOfGitHub, isOnGitHub } from './github.ts';

describe('GitHub', () => {
  it('is asked about its own accounts alone, and not before it is known whose they are', () => {
    expect(areAccountsOfGitHub({ name: 'GitHub', profiles: 'https://github.com' })).toBe(true);
    expect(areAccountsOfGitHub({ name: 'GitLab', profiles: 'https://gitlab.com' })).toBe(false);
    expect(areAccountsOfGitHub({ name: 'GitHub', profiles: 'https://github.example.org' })).toBe(false);
    expect(areAccountsOfGitHub({ name: 'Example ID', profiles: null })).toBe(false);
    expect(areAccountsOfGitHub(undefined)).toBe(false);
  });

  it('is asked for files that lie there', () => {
    const at = (url: string) => isOnGitHub({ meta: { url } });
    expect(at('https://github.com/example/meta')).toBe(true);
    expect(at('https://github.example.org/example/meta')).toBe(false);
    expect(at('https://codeberg.org/example/meta')).toBe(false);
    expect(isOnGitHub(null)).toBe(false);
  });
});
