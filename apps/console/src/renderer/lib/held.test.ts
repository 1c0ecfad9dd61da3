import { describe, expect, it } from 'vitest';
import { HELD } from '../../../tests/harness/fixtures.ts';
import { heldWords } from './held.ts';

describe('who holds a share of a key and was taken out of election_officers', () => {
  it.each(HELD.map((election) => [election.stage, election] as const))(
    'is told of an election that is %s: what they are needed for, and the way back to the rest',
    (stage, election) => {
      const { title, text } = heldWords(election);
      expect(title).toBe(
        `You hold a share of the key of Steering Committee, ${stage}, and are no officer of it`,
      );
      expect(text.join(' ')).toMatch(/at least 2 of (its )?3 officers/);
      expect(text.join(' ')).toContain('put it back under election_officers');
      expect(text.join(' ').includes('Show now that you hold your share.')).toBe(stage === 'open');
    },
  );
});
