const WORDS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const BEHIND = '(?:\\s*(?:choice|rank|preference|place))?';
const IN_DIGITS = new RegExp(
  `^(?:rank|choice|preference)?\\s*#?(\\d{1,4})(?:st|nd|rd|th|\\.)?${BEHIND}$`,
  'i',
);
const IN_WORDS = new RegExp(`^(${WORDS.join('|')})${BEHIND}$`, 'i');

/** A word for a rank, to be found inside a longer text: "first" to "tenth". */
export const RANK_WORDS = WORDS.join('|');

/** The rank of a word such as "second"; 0 for any other text. */
export const rankOfWord = (word: string | undefined): number => WORDS.indexOf(word?.toLowerCase() ?? '') + 1;

/** The rank that a cell of a form says: "2", "2nd", "2.", "2nd choice", "Choice 2", "second choice"; 0 when it says none. */
export function rankIn(text: string): number {
  return Number(IN_DIGITS.exec(text)?.[1] ?? 0) || rankOfWord(IN_WORDS.exec(text)?.[1]);
}
