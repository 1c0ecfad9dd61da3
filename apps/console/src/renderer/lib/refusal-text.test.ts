import { describe, expect, it } from 'vitest';
import { Refused, Unreachable } from '../backend/backend.ts';
import { describeError } from './refusal-text.ts';

describe('errors in words', () => {
  it('say what to do about a conflict', () =>
    expect(describeError(new Refused('conflict', 'x'), true).title).toBe(
      'Somebody else decided this meanwhile',
    ));
  it('show the server’s own sentence for a kind that is new', () =>
    expect(describeError(new Refused('brand-new', 'Today is a holiday.'), true).title).toBe(
      'Today is a holiday.',
    ));
  it('tell a lost connection from a refusal', () =>
    expect(describeError(new Unreachable('fetch failed'), false)).toMatchObject({
      title: 'The server cannot be reached',
      advice: expect.stringContaining('keeps trying'),
    }));
  it('never promise that what somebody did is done again by itself', () =>
    expect(describeError(new Unreachable('fetch failed'), true).advice).not.toContain('keeps trying'));
  it('never show what a bug said', () =>
    expect(JSON.stringify(describeError(new TypeError('secret internals'), true))).not.toContain('secret'));
});
