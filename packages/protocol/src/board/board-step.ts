import type { Line } from '@elekto/custody/board';
import { toHex } from '@elekto/wire';
import { checked } from '../result/check.ts';
import type { Check } from '../result/check.ts';

/** A line of the board's own verification as a check; its refusal is a sentence that names step and party. */
export function checkOfLine(line: Line): Check {
  if (!line.ok) {
    const { code, step, party, message } = line.error;
    return checked('board', false, 'board-refused', { reason: code, step, party, sentence: message });
  }
  const { step } = line;
  switch (step.code) {
    case 'ceremony-made': {
      const { officers, threshold } = step.header;
      const facts = { n: officers.length, threshold, officers: officers.map(({ login }) => login) };
      return checked('ceremony', true, step.code, facts);
    }
    case 'box-proven': {
      const { hash } = step.board.box;
      return checked('box', true, step.code, { n: step.ballots, hash: toHex(hash) });
    }
    case 'mixed':
      return checked('mix', true, step.code, { position: step.position, officer: step.officer });
    case 'decrypted':
      return checked('decryption', true, step.code, { officer: step.officer });
    case 'combined': {
      const { rows, invalid } = step.opened;
      return checked('combination', true, step.code, { n: rows.length, invalid });
    }
  }
}
