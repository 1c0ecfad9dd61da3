/** Shorter ones are guessed, even at a quarter of a second a guess. */
const SHORTEST = 12;
/** Fewer different characters than this are a pattern. */
const FEWEST = 6;

export type Weakness = 'short' | 'pattern' | 'name';

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s._-]+/gu, '');

/** Whether characters follow one another in the alphabet, in numbers or on a keyboard for most of the text. */
function runs(text: string): boolean {
  const rows = [
    'abcdefghijklmnopqrstuvwxyz',
    '01234567890',
    'qwertyuiopasdfghjklzxcvbnm',
    'qwertzuiopasdfghjklyxcvbnm',
  ];
  const follows = (a: string, b: string) => rows.some((row) => row.includes(a + b) || row.includes(b + a));
  const letters = [...text];
  const steps = letters.slice(1).filter((letter, i) => follows(letters[i] ?? '', letter)).length;
  return letters.length > 1 && steps / (letters.length - 1) > 0.6;
}

/**
 * Why a passphrase of one's own would be guessed first; null when none of the plain reasons holds. `known` are
 * words that anybody would try: the login, the election's name.
 */
export function weaknessOf(passphrase: string, known: readonly string[]): Weakness | null {
  const text = folded(passphrase);
  if (passphrase.trim().length < SHORTEST) return 'short';
  const period = [1, 2, 3, 4, 5, 6].some(
    (n) => text === text.slice(0, n).repeat(text.length).slice(0, text.length),
  );
  if (new Set(text).size < FEWEST || period || runs(text)) return 'pattern';
  const rest = known
    .map(folded)
    .filter((word) => word.length > 2)
    .reduce((left, word) => left.replaceAll(word, ''), text);
  return rest.length < FEWEST ? 'name' : null;
}
