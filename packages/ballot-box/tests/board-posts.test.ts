/** What officers sign lies in the database, whose writers make nobody say anything, and keep nobody from saying it again. */
import type { Header, Post } from '@elekto/custody/ceremony';
import { postJson, proveHolding } from '@elekto/custody/ceremony';
import { headerOf, keyOf, runCeremony } from '@elekto/custody/testing';
import { putRow, tables } from '@elekto/db';
import { toBase64Url } from '@elekto/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { madeOfficers } from './officers.ts';
import { DIALECTS, startWorld } from './support.ts';
import type { World } from './support.ts';

describe.each(DIALECTS)('what officers sign in %s', (dialect) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld(dialect);
  });
  afterEach(() => world.end());

  const rows = () => world.db.read((em) => tables(em).selectFrom('board_post').selectAll().execute());
  const write = async (row: Awaited<ReturnType<typeof rows>>[number]): Promise<void> => {
    await world.db.transaction((em) => putRow(em, 'board_post', ['board', 'slot', 'copy'], row));
  };

  describe('of a ceremony', () => {
    let header: Header;
    let posts: readonly Post[];
    beforeEach(async () => {
      header = headerOf(3, 2);
      posts = await runCeremony(
        header,
        [1, 2, 3].map((i) => keyOf(i)),
      );
    });
    const say = (post: Post | undefined) =>
      post === undefined ? null : world.box.postToCeremony(header, postJson(post));

    it('is read whatever somebody else writes beside it or in its place, and can be said again', async () => {
      for (const post of posts) expect(await say(post)).toBe('kept');
      const [first, second] = await rows();
      if (first === undefined || second === undefined) throw new Error('posts');
      for (const body of ['', '{', 'null', second.body]) {
        for (const copy of [0, 1, 2]) await write({ ...first, copy, body });
        expect(await world.box.postsOf(header)).toHaveLength(posts.length - 1);
      }
      for (const post of posts) expect(await say(post)).toMatch(/^(kept|known)$/);
      expect((await world.box.postsOf(header)).map(postJson)).toEqual(
        expect.arrayContaining(posts.map(postJson)),
      );
    });
  });

  it('of their readiness counts, though somebody else was first to write in its place', async () => {
    const { custody, key, shares } = await madeOfficers();
    const [share] = shares;
    if (custody.board === null || share === undefined) throw new Error('a board');
    const { board } = custody;
    const election = 'next---2026';
    const proof = toBase64Url(proveHolding(key, share, { kind: 'ready', election }));
    const said = { officer: share.position, proof };
    expect(await world.box.sayReady(board, election, said)).toBe(true);
    for (const row of await rows()) await write({ ...row, body: 'A'.repeat(86) });
    expect(await world.box.readyOfficers(board, election)).toEqual([]);
    expect(await world.box.sayReady(board, election, said)).toBe(true);
    expect(await world.box.readyOfficers(board, election)).toEqual([share.position]);
  });
});
