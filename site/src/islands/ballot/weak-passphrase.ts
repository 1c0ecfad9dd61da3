/** Shorter ones are guessed, even at a quarter of a second a guess. */
const SHORTEST = 12;
/** Fewer different characters than this are a pattern. */
const FEWEST = 6;

export type Weakness = 'short' | 'pattern' | 'name' | 'common';

/** What passwords are made of that everybody tries first, in English and German; digits and the like around them help little. */
const COMMON = [
  'administrator',
  'changeme',
  'correcthorsebatterystaple',
  'default',
  'dragon',
  'football',
  'fussball',
  'geheimnis',
  'geheim',
  'hallo',
  'hello',
  'herbst',
  'iloveyou',
  'ichliebedich',
  'kennwort',
  'letmein',
  'login',
  'master',
  'monkey',
  'passphrase',
  'password',
  'passwort',
  'princess',
  'qwerty',
  'qwertz',
  'schatz',
  'secret',
  'shadow',
  'sommer',
  'summer',
  'sunshine',
  'superman',
  'test',
  'trustno',
  'welcome',
  'willkommen',
  'winter',
  'admin',
  'wahl',
  'vote',
  'election',
  'abc',
];

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

/** Letters that digits and signs stand for. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's' },
};

/** Whether few letters are left without these words, digits and signs aside or read as letters. */
function isLittleMoreThan(words: readonly string[], text: string): boolean {
  const long = words.filter((word) => word.length > 2).toSorted((a, b) => b.length - a.length);
  const read = text.replaceAll(/[\d@$]/gu, (sign) => STANDS_FOR[sign] ?? '');
  return [text, read].some((each) => {
    const letters = each.replaceAll(/\P{L}/gu, '');
    const rest = long.reduce((left, word) => left.replaceAll(word, ''), letters);
    return rest !== letters && rest.length < FEWEST;
  });
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
  const names = known.flatMap((name) => [name, ...name.split(/[^\p{L}\p{N}]+/u)]).map(folded);
  if (isLittleMoreThan(names, text)) return 'name';
  return isLittleMoreThan([...names, ...COMMON], text) ? 'common' : null;
}
