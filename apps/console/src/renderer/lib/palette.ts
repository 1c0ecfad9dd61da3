/** What the command palette offers, and what of it is meant by what somebody types. */
import { phrase } from '@elekto/words';
import type { Instant } from '@elekto/election';
import type { Definition, ElectionOverview, ExceptionRequest, Roll } from '../backend/model.ts';
import texts from '../texts/palette.json' with { type: 'json' };
import { waitingFor } from './home.ts';
import { STAGE_WORD } from './phase.ts';
import { STATUS_WORD } from './request-status.ts';
import { TAB_WORDS, TABS, type Route, type Tab } from './route.ts';

export type Action = keyof typeof texts.actions;

export interface Entry {
  readonly group: keyof typeof texts.groups;
  readonly label: string;
  readonly hint: string;
  readonly does: { readonly route: Route } | { readonly action: Action };
}

/** What is known of the election at hand; what has not been asked for is not offered. */
export interface AtHand {
  readonly election: ElectionOverview;
  readonly requests?: readonly ExceptionRequest[] | undefined;
  readonly roll?: Roll | undefined;
  readonly definition?: Definition | undefined;
}

const ACTIONS = Object.keys(texts.actions) as Action[];

/** Everything, in the order in which it is offered before anything is typed. */
export function entriesOf(
  elections: readonly ElectionOverview[],
  now: Instant,
  atHand: AtHand | null,
): readonly Entry[] {
  const to = (key: string, tab: Tab, item?: string): Entry['does'] => ({
    route: { page: 'election', key, tab, ...(item === undefined ? {} : { item }) },
  });
  return [
    ...waitingFor(elections, now).map(({ election: { key, name }, step }) => ({
      group: 'waiting' as const,
      label: step.title,
      hint: name,
      does: to(key, step.tab ?? 'overview'),
    })),
    ...(atHand === null
      ? []
      : TABS.map((tab) => ({
          group: 'pages' as const,
          label: TAB_WORDS[tab],
          hint: atHand.election.name,
          does: to(atHand.election.key, tab),
        }))),
    ...elections.map(({ key, name, stage }) => ({
      group: 'elections' as const,
      label: name,
      hint: STAGE_WORD[stage],
      does: to(key, 'overview'),
    })),
    ...ACTIONS.map((action) => ({
      group: 'actions' as const,
      label: texts.actions[action],
      hint: '',
      does: { action },
    })),
    ...(atHand === null ? [] : peopleOf(atHand, to)),
  ];
}

function peopleOf(
  { election: { key }, requests = [], roll, definition }: AtHand,
  to: (key: string, tab: Tab, item?: string) => Entry['does'],
): Entry[] {
  const person = (label: string, hint: string, does: Entry['does']): Entry => ({
    group: 'people',
    label,
    hint,
    does,
  });
  return [
    ...requests.map(({ id, login, name, status }) =>
      person(
        `${login} ${name}`,
        phrase(texts.person.request, { status: STATUS_WORD[status] }, 'en'),
        to(key, 'exceptions', id),
      ),
    ),
    ...(definition?.candidates ?? []).map(({ name }) =>
      person(name, texts.person.candidate, to(key, 'overview')),
    ),
    ...(roll?.voters ?? []).map(({ login }) => person(login, texts.person.voter, to(key, 'roll', login))),
  ];
}

/** More are not drawn: who types another letter finds them. */
const MOST_SHOWN = 40;

/**
 * What is meant, the best first: what begins so, then what has a word that begins so, then what holds it somewhere.
 * Every word has to be there. Nothing typed: everything but people, of whom there may be thousands.
 */
export function meant(entries: readonly Entry[], typed: string): readonly Entry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries.filter(({ group }) => group !== 'people').slice(0, MOST_SHOWN);
  const ranked = entries.flatMap((entry) => {
    const text = `${entry.label} ${entry.hint}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) return [];
    const first = words[0] ?? '';
    const rank = text.startsWith(first) ? 0 : text.includes(` ${first}`) ? 2 : 4;
    // Of two that are called alike the page of the election at hand is meant.
    return [{ entry, rank: entry.group === 'pages' ? rank : rank + 1 }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_SHOWN)
    .map(({ entry }) => entry);
}
