/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import {
  type Body,
  nextPosts,
  type Post,
  positionOf,
  postJson,
  type Header,
  officerAt,
  wipe,
} from '@elekto/custody/ceremony';

import { sameLogin } from '@elekto/election';
import { CliError } from '../cli-error.ts';
import { type BoardFlags, type Ceremony, lookAt } from './ceremony.ts';
import { type KeyFile, type KeyFlags, readKeyFile } from './key-file.ts';
import { describeCeremony } from './status.ts';

export type TakePartFlags = BoardFlags & KeyFlags;

/** What each visit may post: an answer to a complaint belongs to both, for it cannot wait. */
const VISITS: Readonly<Record<'deal' | 'confirm', readonly Body['kind'][]>> = {
  deal: ['deal', 'opening'],
  confirm: ['confirm', 'complaint', 'opening'],
};

/** Posts what is next for the officer in this visit, and says where the ceremony stands. */
export async function takePart(visit: 'deal' | 'confirm', flags: TakePartFlags): Promise<string> {
  const mine = await readKeyFile(flags);
  const { ceremony, due } = await dueFor(mine, flags).finally(() => wipe(mine.key));
  const { posts, header, connection } = ceremony;
  const next = due.filter(({ body }) => VISITS[visit].includes(body.kind));
  const said: string[] = [];
  for (const post of next) {
    await connection.mutate('custody.post', { file: flags.board, post: postJson(post) });
    said.push(sentence(header, post));
  }
  if (next.length === 0) said.push(nothing(visit));
  const after: Ceremony = { ...ceremony, posts: [...posts, ...next] };
  return `${said.join('\n')}\n\n${await describeCeremony(after, mine.login)}`;
}

/** The ceremony, and what the officer posts next in it. */
async function dueFor(mine: KeyFile, flags: TakePartFlags): Promise<{ ceremony: Ceremony; due: Post[] }> {
  const ceremony = await lookAt(flags);
  const { header, posts } = ceremony;
  memberOf(header, mine);
  return { ceremony, due: await nextPosts(header, posts, mine.key) };
}

/** The position of a key in a header. @throws CliError that says whose key is missing there. */
export function memberOf(header: Header, { login, key }: KeyFile): number {
  const position = positionOf(header, key);
  if (position !== null) return position;
  const named = header.officers.some((officer) => sameLogin(officer.login, login));
  throw new CliError(
    named
      ? `this ceremony names another key for ${login}: the key file is an older or newer one. Use the key of officers/${login}.json as it was when the ceremony began; "elekto custody recover" brings it back from its twelve words.`
      : `${login} is not an officer of this ceremony; it is of ${header.officers.map((officer) => officer.login).join(', ')}. If that is not meant, hold a new ceremony with you: "elekto custody new".`,
  );
}

function sentence(header: Header, { body }: Post): string {
  switch (body.kind) {
    case 'deal':
      return 'You have dealt. Come back to confirm when the others have dealt, too.';
    case 'confirm':
      return 'You have confirmed that your shares are right.';
    case 'complaint':
      return `The share that ${officerAt(header, body.dealer).login} dealt to you is wrong: you have complained. They answer by showing it, and everybody sees who was right. This ceremony gives no key.`;
    case 'opening':
      return `You have answered the complaint of ${officerAt(header, body.complainer).login}. Everybody sees now who was right.`;
  }
}

const nothing = (visit: 'deal' | 'confirm'): string =>
  visit === 'deal'
    ? 'There is nothing for you to deal any more.'
    : 'There is nothing for you to confirm yet, or any more.';
