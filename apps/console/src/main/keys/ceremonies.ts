/** The ceremonies of the server that is chosen: looked at, and taken part in, with keys that stay in this process. */
import {
  countingPosts,
  finishedIn,
  FORMAT,
  nextPosts,
  type Post,
  postJson,
  proveHolding,
  readHeader,
  readPost,
  readTranscript,
  shareOf,
  writeTranscript,
} from '@elekto/custody/ceremony';
import { accept, type Result } from '@elekto/custody';
import { toBase64Url, toHex } from '@elekto/wire';
import { custodyWayOut, type KeyOwner, ownersIn, REPOSITORY_HOSTS } from '@elekto/election';
import { z } from 'zod';
import type { ServerAnswer } from '../../shared/bridge.ts';
import type {
  BegunCeremony,
  CeremonyAct,
  Ceremonies as Shown,
  CeremonyView,
  NewCeremony,
  ReadyAnswer,
} from '../../shared/keys.ts';
import { checkListed } from './check-listed.ts';
import { viewOf, type WaitsShelf } from './ceremony-view.ts';
import type { OfficerKeys } from './officer-keys.ts';

const elections = z.array(
  z.object({ key: z.string(), name: z.string(), opensAt: z.number(), ready: z.array(z.number()) }),
);
const officers = z.array(z.object({ login: z.string(), sign: z.string(), receive: z.string() }));
const meta = z.object({
  url: z.string().nullable(),
  host: z.enum(REPOSITORY_HOSTS).nullable(),
  branch: z.string().nullable(),
  commit: z.string(),
});
const boardsAnswer = z.object({
  boards: z.array(z.object({ file: z.string(), text: z.string() })),
  officers,
  folder: z.string().nullable(),
  meta,
});
const boardAnswer = z.object({
  text: z.string(),
  path: z.string(),
  posts: z.array(z.unknown()),
  elections,
});

type Listed = Readonly<z.infer<typeof officers>>;

/** Whose keys are whose by git itself; null where this computer does not know the repository yet. */
export type InGit = () => Promise<Result<{
  readonly inFiles: readonly KeyOwner[];
  readonly officers: Listed;
}> | null>;

export type Call = (type: 'query' | 'mutation', path: string, input: unknown) => Promise<ServerAnswer>;

/** An answer that is none of ours ends the work; what was asked for is told why. */
class Unanswered extends Error {
  readonly answer: ServerAnswer;
  constructor(answer: ServerAnswer) {
    super('no answer');
    this.answer = answer;
  }
}

const STRANGE: ServerAnswer = { kind: 'unreachable', reason: 'StrangeAnswer' };

export class Ceremonies {
  readonly #call: Call;
  readonly #keys: OfficerKeys;
  readonly #waits: WaitsShelf;
  readonly #inGit: InGit;
  readonly #now: () => number;

  constructor(call: Call, keys: OfficerKeys, waits: WaitsShelf, inGit: InGit, now: () => number = Date.now) {
    this.#inGit = inGit;
    this.#call = call;
    this.#keys = keys;
    this.#waits = waits;
    this.#now = now;
  }

  /** Every ceremony that concerns the officer. */
  list(): Promise<ServerAnswer> {
    return answered(async (): Promise<Shown> => {
      const { boards, ...rest } = await this.#ask('query', 'custody.boards', undefined, boardsAnswer);
      const ceremonies: CeremonyView[] = [];
      const unreadable: { file: string; why: string; wayOut: string }[] = [];
      for (const { file, text } of boards) {
        const read = readTranscript(text);
        if (read.ok) ceremonies.push((await this.#look(file)).view);
        else
          unreadable.push({
            file,
            why: read.error.message,
            wayOut: custodyWayOut(read.error.code).hint,
          });
      }
      return { ...rest, ceremonies, unreadable };
    });
  }

  /**
   * Whose key is whose, by the custody files and then by what officers have published: as git has it where this computer knows the
   * repository, and then refused where the server lists anything else; else as the server says. Null while the server does not say.
   */
  async named(): Promise<Result<readonly KeyOwner[]> | null> {
    try {
      const found = await this.#ask('query', 'custody.boards', undefined, boardsAnswer);
      const git = await this.#compared(found.officers);
      if (git !== null) return git.ok ? accept([...git.value.inFiles, ...git.value.officers]) : git;
      const inFiles = found.boards.flatMap(({ text }) => {
        const read = readTranscript(text);
        return read.ok ? ownersIn(read.value.header) : [];
      });
      return accept([...inFiles, ...found.officers]);
    } catch (error) {
      if (error instanceof Unanswered) return null;
      throw error;
    }
  }

  /**
   * Posts what is next for the officer: a deal, a confirmation or complaint, an answer. Nothing where that is not the step that they
   * were shown: a press does what it says, also where the others went on or an answer of the server was lost.
   */
  takePart(file: string, step: CeremonyAct): Promise<ServerAnswer> {
    return answered(async () => {
      const { header, posts, view } = await this.#look(file);
      if (view.step !== step) return view;
      const next = await this.#keys.with(header, (key) => nextPosts(header, posts, key));
      for (const post of next ?? [])
        await this.#ask('mutation', 'custody.post', { file, post: postJson(post) }, z.unknown());
      return (await this.#look(file)).view;
    });
  }

  /** Shows that the officer holds their share, for an election that has not begun; else says why not. Nothing is decrypted. */
  sayReady(file: string, election: string): Promise<ServerAnswer> {
    return answered(async (): Promise<ReadyAnswer> => {
      const { header, posts } = await this.#look(file);
      const finished = finishedIn(header, posts);
      if (!finished.ok) return { why: 'unfinished' };
      const { key, posts: inFile } = finished.value;
      const found = await this.#keys.with(header, async (own) => ({
        share: await shareOf(header, inFile, own),
      }));
      if (found === null) return { why: 'no-key' };
      const { share } = found;
      if (share === null) return { why: 'wrong-shares' };
      const proof = toBase64Url(proveHolding(key, share, { kind: 'ready', election }));
      const said = { file, key: election, officer: share.position, proof };
      await this.#ask('mutation', 'custody.ready', said, z.unknown());
      return { why: null };
    });
  }

  /**
   * The text of the custody file that begins a ceremony; null with the reason when these cannot hold one, or with those who have no
   * key in the repository any more. Keys that the server lists are compared with git, where this computer knows it.
   */
  async begin({ officers: logins, threshold, until, rehearsal }: NewCeremony): Promise<ServerAnswer> {
    return answered(async (): Promise<BegunCeremony> => {
      const known = (await this.#ask('query', 'custody.boards', undefined, boardsAnswer)).officers;
      const unknown = logins.filter((login) => !known.some((officer) => officer.login === login));
      const chosen = known.filter(({ login }) => logins.includes(login));
      const none = { text: null, why: null, unknown, unchecked: [] };
      if (unknown.length > 0) return none;
      const git = await this.#compared(chosen);
      if (git !== null && !git.ok) return { ...none, why: git.error.message };
      const header = readHeader({
        format: FORMAT,
        kind: rehearsal ? 'rehearsal' : 'election',
        threshold,
        officers: chosen,
        until,
        nonce: toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
      });
      if (!header.ok)
        return { ...none, why: `${header.error.message} ${custodyWayOut(header.error.code).hint}` };
      const text = writeTranscript({ header: header.value, posts: [] });
      return { ...none, text, unchecked: git === null ? chosen : [] };
    });
  }

  /** What git says, after keys that the server lists were compared with it. */
  async #compared(listed: Listed): ReturnType<InGit> {
    const git = await this.#inGit();
    if (git === null || !git.ok) return git;
    const same = checkListed(listed, git.value.officers);
    return same.ok ? git : same;
  }

  async #look(file: string) {
    const board = await this.#ask('query', 'custody.board', { file }, boardAnswer);
    const read = readTranscript(board.text);
    if (!read.ok) throw new Unanswered(STRANGE);
    const { header } = read.value;
    // What is not signed for this very header is not looked at, whoever sends it.
    const served = board.posts.flatMap((value) => {
      const post = readPost(header, value);
      return post.ok ? [post.value] : [];
    });
    const counting = countingPosts(header, read.value.posts, served);
    const posts = unique(counting.posts);
    const found = { file, path: board.path, elections: board.elections, header, ...counting, posts };
    return { header, posts, view: await viewOf(found, this.#keys, this.#waits, this.#now()) };
  }

  async #ask<T>(type: 'query' | 'mutation', path: string, input: unknown, schema: z.ZodType<T>): Promise<T> {
    const answer = await this.#call(type, path, input);
    if (answer.kind !== 'data') throw new Unanswered(answer);
    const parsed = schema.safeParse(answer.data);
    if (!parsed.success) throw new Unanswered(STRANGE);
    return parsed.data;
  }
}

const unique = (posts: readonly Post[]): Post[] => [
  ...new Map(posts.map((post) => [`${post.officer} ${toHex(post.signature)}`, post])).values(),
];

async function answered(work: () => Promise<unknown>): Promise<ServerAnswer> {
  try {
    return { kind: 'data', data: await work() };
  } catch (error) {
    if (error instanceof Unanswered) return error.answer;
    throw error;
  }
}
