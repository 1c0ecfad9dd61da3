import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SHEET } from './use-wide.ts';

it('the ranking is a sheet up to the same width in the style sheet and in the script', () => {
  const css = readFileSync(new URL('../../styles/rank.css', import.meta.url), 'utf8');
  const within = css
    .split('@media ')
    .slice(1)
    .filter((part) => part.includes('.sheet-button') || part.includes('.your-ranking.open'));
  expect(within.map((part) => part.slice(0, part.indexOf(' {')))).toEqual([SHEET]);
});
