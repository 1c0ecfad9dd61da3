/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { sameLogin } from '@elekto/election';
import {
  type Body,
  CEREMONY_TAKES_MS,
  officerAt,
  type Progress,
  type Silent,
  watchCeremony,
} from '@elekto/custody/ceremony';

import { printable } from '../terminal.ts';
import type { Ceremony } from './ceremony.ts';

const YES = 'yes';
const NO = '-';
const DAYS = CEREMONY_TAKES_MS / 86_400_000;

/**
 * A ceremony in lines: each officer, who is waited for since when and what to do if they stay away, the words to compare, and what
 * this officer does next. Keeps since when this computer waits.
 */
export async function describeCeremony(
  ceremony: Omit<Ceremony, 'connection'>,
  login: string | null,
  now = Date.now(),
): Promise<string> {
  const { header, posts, elections, waits, inGit, unheard } = ceremony;
  const watched = await watchCeremony(header, posts, waits.read(), now);
  waits.keep(watched.waits);
  const { progress, silent, stepOf } = watched;
  const isReader = (one: { readonly login: string }): boolean =>
    login !== null && sameLogin(one.login, login);
  const width = Math.max(7, ...header.officers.map((officer) => officer.login.length));
  const others = silent.filter((one) => !isReader(one));
  const lines = [
    `${header.threshold} of ${header.officers.length} officers open a count together; elections open with this key until ${header.until}.`,
    '',
    `${'officer'.padEnd(width)}  dealt  confirmed`,
    ...progress.officers.map(
      (one) => `${one.login.padEnd(width)}  ${(one.dealt ? YES : NO).padEnd(5)}  ${one.confirmed ? YES : NO}`,
    ),
    '',
    ...standing(progress, (position) => officerAt(header, position).login),
    ...unheard.map(({ login: name, kind }) => beside(name, kind)),
    ...silence(others),
    ...deadlines(progress, others, elections, now),
  ];
  const position = header.officers.findIndex(isReader) + 1;
  if (position > 0) lines.push('', NEXT[inGit ? 'in-git' : stepOf(position)]);
  return `${lines.join('\n')}\n`;
}

function standing(
  { state, waitingFor, words, dispute, reason }: Progress,
  name: (at: number) => string,
): string[] {
  const missing = waitingFor.map(name).join(', ');
  const compare =
    words === null ? [] : ['Compare these twelve words with the other officers, aloud:', `  ${words}`];
  switch (state) {
    case 'dealing':
      return [`Waiting for ${missing} to deal.`];
    case 'disputed':
      return [
        `${name(dispute?.complainer ?? 1)} says that the share which ${missing} dealt to them is wrong. Waiting for ${missing} to show it.`,
        'The answer shows everybody who was right; this ceremony gives no key either way.',
      ];
    case 'confirming':
      return [`Waiting for ${missing} to confirm.`, ...compare];
    case 'complete':
      return ['All officers have confirmed: the key exists.', ...compare];
    case 'void':
      return [`This ceremony gives no key. ${reason?.message ?? ''} [${reason?.code ?? ''}]`];
  }
}

/** Of somebody who signed something else than the file in git has of them. */
const beside = (login: string, kind: Body['kind']): string =>
  `Beside the file in git, ${login} signed ${SIGNED[kind]}. It changes nothing: the key is that of the file in git.`;

const SIGNED = {
  deal: 'another deal',
  confirm: 'another confirmation',
  complaint: 'a complaint',
  opening: 'an answer to a complaint',
} as const;

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Who else is silent since when, and the way out. */
function silence(silent: readonly Silent[]): string[] {
  if (silent.length === 0) return [];
  const overdue = silent.filter(({ isOverdue }) => isOverdue).map(({ login }) => login);
  return [
    '',
    ...silent.map(
      ({ login, since }) => `${login}: nothing since ${day(since)}, as this computer has seen it.`,
    ),
    'Ask them, and not over the server, which could keep back what they sent.',
    overdue.length === 0
      ? `After ${DAYS} days do not wait any longer: a ceremony gives no key without all of its officers.`
      : `${DAYS} days are over for ${overdue.join(', ')}: do not wait any longer. Without all of its officers this ceremony gives no key.`,
    'The way out: "elekto custody new" in a new file, without who stays away; it takes three officers. Then name that file in "custody".',
  ];
}

/** Until when a key has to be there, while there is none; what it takes to have another one is said where this one does not come. */
function deadlines(
  { state }: Progress,
  others: readonly Silent[],
  elections: Ceremony['elections'],
  now: number,
): string[] {
  if (state === 'complete') return [];
  const goesOn =
    (state === 'dealing' || state === 'confirming') && !others.some(({ isOverdue }) => isOverdue);
  return elections.map(({ name, opensAt }) => {
    if (opensAt <= now) return `${printable(name)} waits for this key, and does not open without one.`;
    const by = opensAt - CEREMONY_TAKES_MS;
    if (goesOn)
      return (
        `${printable(name)} opens on ${day(opensAt)}, with this key if it is finished and merged by then.` +
        ` If somebody stays away for good, ` +
        (by > now
          ? `begin a new ceremony by ${day(by)}.`
          : 'move "start_datetime", or take "custody" out, and the server keeps the key.')
      );
    const opens = `${printable(name)} opens on ${day(opensAt)}, and not without a key: `;
    return by > now
      ? `${opens}begin a new ceremony by ${day(by)}, or move "start_datetime".`
      : `${opens}a new ceremony takes ${DAYS} days, too long before that. Move "start_datetime", or take "custody" out, and the server keeps the key.`;
  });
}

const NEXT = {
  deal: 'Next for you: elekto custody deal',
  confirm: 'Next for you: elekto custody confirm',
  answer: 'Next for you: elekto custody confirm, which answers the complaint',
  wait: 'Nothing to do for you now.',
  complete: 'Next: one of you runs "elekto custody finish" and asks for that change in a pull request.',
  'in-git': 'The key is in git. Next for you: "elekto custody ready" for each election, before it opens.',
  over: 'Next: begin again with "elekto custody new" in a new file, without whoever is named.',
} as const;
