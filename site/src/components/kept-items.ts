/** What lists say of an election, by all else that it is made of. */
import { keptBy } from '../data/kept-by.ts';

export const itemsOf = keptBy(() => new Map<string, string>());
