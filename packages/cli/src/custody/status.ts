/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { sameLogin } from '@elekto/election';
import { officerAt, type Progress, progressOf, stepOf } from '@elekto/custody/ceremony';

import type { Ceremony } from './ceremony.ts';

const YES = 'yes';
const NO = '-';

/** A ceremony in lines: each officer, who is waited for, the words to compare, and what this officer does next. */
export async function describeCeremony(
  { header, posts }: Pick<Ceremony, 'header' | 'posts'>,
  login: string | null,
): Promise<string> {
  const progress = await progressOf(header, posts);
  const width = Math.max(7, ...header.officers.map((officer) => officer.login.length));
  const lines = [
    `${header.threshold} of ${header.officers.length} officers open a count together; elections open with this key until ${header.until}.`,
    '',
    `${'officer'.padEnd(width)}  dealt  confirmed`,
    ...progress.officers.map(
      (one) => `${one.login.padEnd(width)}  ${(one.dealt ? YES : NO).padEnd(5)}  ${one.confirmed ? YES : NO}`,
    ),
    '',
    ...standing(progress, (position) => officerAt(header, position).login),
  ];
  const position = header.officers.findIndex((one) => login !== null && sameLogin(one.login, login)) + 1;
  if (position > 0) lines.push('', NEXT[stepOf(progress, position)]);
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
      ];
    case 'confirming':
      return [`Waiting for ${missing} to confirm.`, ...compare];
    case 'complete':
      return ['All officers have confirmed: the key exists.', ...compare];
    case 'void':
      return [`This ceremony gives no key. ${reason?.message ?? ''}`];
  }
}

const NEXT = {
  deal: 'Next for you: elekto custody deal',
  confirm: 'Next for you: elekto custody confirm',
  answer: 'Next for you: elekto custody confirm, which answers the complaint',
  wait: 'Nothing to do for you now.',
  complete: 'Next: one of you runs "elekto custody finish" and asks for that change in a pull request.',
  over: 'Next: begin again with "elekto custody new" in a new file, without whoever is named.',
} as const;
