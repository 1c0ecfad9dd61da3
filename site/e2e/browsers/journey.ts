/**
 * The main journey of a voter, in any browser: sign in, rank with a tie and two left out, cast, look at the ballot again
 * by its passphrase, change it.
 */
import { strictEqual as same, match, notStrictEqual as other } from 'node:assert';
import type { Hand } from './hand.ts';

const ids = (hand: Hand) => hand.each('.row', 'data-row');
const ranked = (hand: Hand) => hand.each('[data-ranked]', 'data-ranked');
const row = (id: string) => `[data-row="${id}"] [data-control=pick]`;
const primary = '.bar .button:not(.quiet)';

/** @param tell is called with each thing that was seen to work. */
export async function vote(hand: Hand, ballot: string, login: string, tell: (what: string) => void) {
  await hand.goTo(ballot);
  await hand.press('.sign-in-first .button');
  await hand.press(`button[value="${login}"]`);
  await hand.see('.editor');
  tell('signed in');

  const list = await ids(hand);
  const [a = '', b = '', c = '', d = ''] = list;
  same(list.length, 6);
  for (const id of [c, a, d, b]) await hand.press(row(id));
  same((await ids(hand)).join(), list.join(), 'the list never moves');
  same((await ranked(hand)).join(), [c, a, d, b].join());
  await hand.press(`[data-ranked="${a}"] [data-control=tie]`);
  same(
    (await hand.each('.tier.tie [data-ranked]', 'data-ranked')).toSorted().join(),
    [a, c].toSorted().join(),
  );
  const meant = await hand.read('.your-ranking .sentence');
  match(meant, / first together, then /);
  tell(`ranked: ${meant}`);

  await hand.press(primary);
  await hand.see('.review');
  await hand.back();
  await hand.see('.editor');
  await hand.press(primary);
  await hand.see('.review');
  await hand.press('.protect summary');
  const phrase = (await hand.read('output.phrase')).trim();
  same(phrase.split(' ').length, 6);
  await hand.press('.review .button.big');
  await hand.see('.done');
  same(await hand.read('.keep-key output.phrase'), phrase);
  tell('Back goes a step back; reviewed, sealed, cast; the passphrase is shown');

  await hand.reload();
  await hand.type('#unlock', phrase.replace(/^\S+/, 'mistyyped'));
  await hand.press('.voted .button');
  match(await hand.read('.voted .wrong'), /mistyyped/);
  await hand.reload();
  await hand.type('#unlock', phrase);
  await hand.press('.voted .button');
  await hand.see('.view');
  const says = (text: string) => text.split(' It says')[0] ?? '';
  same(says(await hand.read('.view .sentence')), says(meant), 'what was meant is what was cast');
  tell('a wrong passphrase is told, the right one opens the ballot that was meant');

  await hand.press('.view .button:not(.quiet)');
  await hand.press(`[data-ranked="${b}"] [data-control=up]`);
  const changed = await hand.read('.your-ranking .sentence');
  other(changed, meant);
  await hand.press(primary);
  await hand.press('.review .button.big');
  await hand.see('.done');
  same(await hand.read('.stamp h2'), 'Your ballot is replaced');
  await hand.reload();
  await hand.type('#unlock', phrase);
  await hand.press('.voted .button');
  same(says(await hand.read('.view .sentence')), says(changed));
  tell(`changed: ${changed}`);
}
