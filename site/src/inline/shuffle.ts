/** The candidates in an order of chance that stays the same for this visitor: the ballot uses it too. */
import { chanceOf, visitorSeed } from '../shuffle.ts';

try {
  for (const list of document.querySelectorAll('[data-shuffle]')) {
    const seed = visitorSeed() + list.getAttribute('data-shuffle');
    const chance = (item: Element) => chanceOf(seed, item.getAttribute('data-id')!);
    list.append(...[...list.querySelectorAll(':scope > [data-id]')].sort((a, b) => chance(a) - chance(b)));
  }
} catch {
  // Without storage the order of the page stays.
}
