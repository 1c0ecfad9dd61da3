import { REFUSALS } from '@elekto/protocol/refusal';
import { describe, expect, it } from 'vitest';
import { LANGS, textsOf } from '../../texts/index.ts';
import { problemOf } from './problem.ts';

const known = textsOf('en').refusals;
const trpcError = (data: unknown) => Object.assign(new Error('x'), { name: 'TRPCClientError', data });

describe('what a failed call is called', () => {
  it.each(REFUSALS)('has help in every language for %s', (kind) => {
    expect(problemOf(trpcError({ refusal: { kind } }), known).kind).toBe(kind);
    for (const lang of LANGS) {
      expect(textsOf(lang).refusals[kind].title).not.toBe('');
      expect(textsOf(lang).refusals[kind].help).not.toBe('');
    }
  });

  it('keeps the detail of a refusal', () => {
    expect(problemOf(trpcError({ refusal: { kind: 'too-many-attempts', detail: 30 } }), known).detail).toBe(
      30,
    );
  });

  it('is offline when no answer came', () => {
    expect(problemOf(trpcError(undefined), known).kind).toBe('offline');
  });

  it('is unexpected for a kind nobody has heard of, or any other error', () => {
    expect(problemOf(trpcError({ refusal: { kind: '__proto__' } }), known).kind).toBe('unexpected');
    expect(problemOf(new Error('bug'), known).kind).toBe('unexpected');
  });
});
