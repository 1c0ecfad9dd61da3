/**
 * What signing in changes on every page, fetched only for whoever is signed in: their name, a badge on each election,
 * and on an election's page where they stand with the one next step, in the place of the way to the ballot that everybody
 * is shown.
 */
import type { LinksEnd, Stand } from '@elekto/protocol/stand';
import { linksWords, nextAddress, standWords } from '../../stand/stand-words.ts';
import type { StandDates } from '../../stand/stand-words.ts';
import type { Lang } from '../../texts/languages.ts';
import { standDe } from '../../texts/stand/de.ts';
import { standEn } from '../../texts/stand/en.ts';
import type { Api } from '../shared/api.ts';
import { badgeOf } from './badge.ts';

interface Answer extends StandDates {
  readonly stand: Stand | null;
  readonly links: LinksEnd | null;
}

const add = (place: Element, tag: string, text: string): HTMLElement => {
  const made = document.createElement(tag);
  made.textContent = text;
  place.append(made);
  return made;
};

/** What is said of somebody's own ballot once voting is over. */
const OF_OWN_BALLOT: ReadonlySet<Stand['kind']> = new Set([
  'over-voted',
  'over-counted',
  'over-destroyed',
  'over-boxed',
  'over-not-voted',
]);

/** A place within the page counts as elsewhere. */
function isElsewhere(address: string): boolean {
  const { pathname, hash } = new URL(address, location.href);
  return pathname + hash !== location.pathname;
}

async function tellStand(place: HTMLElement): Promise<void> {
  const { stand: key = '', api = '', base = '/' } = place.dataset;
  const input = encodeURIComponent(JSON.stringify({ key }));
  const response = await fetch(`${api}/trpc/me.stand?input=${input}`, { credentials: 'include' });
  const { result } = (await response.json()) as { readonly result?: { readonly data: Answer } };
  if (!result?.data.stand) return;
  const { stand, links } = result.data;
  const ownBallot = place.dataset['ownBallot'] !== undefined;
  if (ownBallot && !OF_OWN_BALLOT.has(stand.kind)) return;
  const lang = document.documentElement.lang as Lang;
  const texts = lang === 'de' ? standDe : standEn;
  const { title, text } = standWords(stand, result.data, texts, lang);
  place.setAttribute('aria-label', texts.label);
  place.dataset['kind'] = stand.kind;
  add(place, 'h2', title);
  add(place, 'p', text);
  // Beside a result it is said to everybody.
  const until =
    links && !ownBallot && ['voted', 'over-counted'].includes(stand.kind) && linksWords(links, texts, lang);
  if (until) add(place, 'p', until).className = 'soft';
  const address = stand.next && nextAddress(stand.next, base, key);
  if (stand.next && address && isElsewhere(address)) {
    const link = add(place, 'a', texts.next[stand.next]) as HTMLAnchorElement;
    link.className = 'button';
    link.href = address;
  }
  for (const other of document.querySelectorAll<HTMLElement>('[data-unless-stand]')) other.hidden = true;
  place.hidden = false;
}

type Me = Awaited<ReturnType<Api['me']['get']['query']>>;

/** Resolves when all of it is on the page. `words` are the badges' names in the page's language. */
export async function show({ user, elections }: Me, words: DOMStringMap): Promise<void> {
  for (const place of document.querySelectorAll<HTMLElement>('[data-login]')) {
    place.textContent = user?.login ?? '';
    if (place instanceof HTMLAnchorElement) place.href = words['account'] ?? '';
  }
  for (const mine of elections)
    for (const item of document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(mine.key)}"]`)) {
      const badge = badgeOf(mine);
      item.dataset['state'] = badge;
      const text = item.querySelector('.badge');
      if (text) text.textContent = words[badge] ?? '';
      if (mine.stand?.next === 'vote') document.querySelector('#needs ol')?.append(item);
    }
  try {
    // For the next page: until it knows who is here, it shows no way to the ballot. No name, and nothing of an election.
    localStorage.setItem('in', '1');
  } catch {
    // Without storage the way to the ballot shows until it is known.
  }
  const place = document.querySelector<HTMLElement>('[data-stand]');
  if (place) await tellStand(place);
}
