import { expect, it } from 'vitest';

import { canBeUndone } from './use-undo.ts';

const request = (status: 'open' | 'approved' | 'more-information', other = false) => ({
  status,
  proposal: other ? { by: 'rui-tavares', decision: 'approved' as const, own: false } : null,
});

it('takes back what one officer decides alone, and never what two have decided or another has proposed', () => {
  const can = (
    fourEyes: boolean,
    ...[before, after]: [ReturnType<typeof request>, ReturnType<typeof request>]
  ) => canBeUndone({ fourEyes }, before, after);
  expect(can(false, request('open'), request('approved'))).toBe(true);
  expect(can(false, request('approved'), request('more-information'))).toBe(true);
  // Proposed alone, or asked for more.
  expect(can(true, request('open'), request('open'))).toBe(true);
  expect(can(true, request('open'), request('more-information'))).toBe(true);
  expect(can(true, request('open', true), request('approved'))).toBe(false);
  expect(can(true, request('open', true), request('more-information'))).toBe(false);
  expect(can(true, request('approved'), request('approved'))).toBe(false);
});
