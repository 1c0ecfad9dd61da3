/** So many parts of a page can be chosen among; beyond it there is no such page or picture. */
export const MOST_CHOSEN = 100;

/**
 * Rules by which ticks and radio buttons `#p1`, `#p2`, … show the parts `.p1`, `.p2`, … of their `.chosen` and hide the other
 * parts, without a script. Where a browser cannot, and on paper, everything is shown.
 */
export function chosenCss(): string {
  const each = Array.from({ length: MOST_CHOSEN }, (_, i) => `.chosen:has(#p${i + 1}:checked) .p${i + 1}`);
  return `@media not print{@supports selector(:has(a)){.chosen .part{display:none}${each.join(',')}{display:revert}}}`;
}
