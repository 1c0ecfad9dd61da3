/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { accept, refuse, type Result } from '@elekto/custody';
import {
  NOTHING,
  ONLY,
  placeOf,
  plainSource,
  remembered,
  type Remembered,
  type Repository,
} from './memory-shape.ts';
import { unionOf } from './memory-union.ts';
import { asOneWriter } from './one-writer.ts';

export type { Repository } from './memory-shape.ts';
type Acted = Pick<Remembered['boxes'][string], 'box' | 'decrypted'>;

const mine = { step: 'memory', party: 'this computer' };

/**
 * What an officer's computer remembers between visits: one memory, whichever servers it talks to. Everything is on the disk, not in
 * its cache, before a promise resolves: a box that was acted on must not be forgotten by a power cut. Each change is made to
 * what the file says at that moment, one after another, whichever process makes it, so that no visit forgets what another one wrote.
 */
export class OfficerMemory {
  readonly #file: string;
  readonly #server: string;
  #kept: Remembered;

  private constructor(file: string, server: string, kept: Remembered) {
    this.#file = file;
    this.#server = server;
    this.#kept = kept;
  }

  /**
   * Refuses with `act-memory` for a file that somebody wrote to: forgetting it would be what they want.
   *
   * @param server by what the place of its elections is remembered, where a memory knows several.
   */
  static async open(file: string, server = ONLY): Promise<Result<OfficerMemory>> {
    const read = await readMemory(file);
    return read.ok ? accept(new OfficerMemory(file, server, read.value ?? NOTHING)) : read;
  }

  /** Takes in what this computer remembered before in files of their own, each of a server; the earlier one wins. See `unionOf`. */
  async takeIn(
    files: readonly { readonly file: string; readonly server: string | null }[],
  ): Promise<Result<null>> {
    const found: { readonly server: string | null; readonly kept: Remembered; readonly at: number }[] = [];
    for (const { file, server } of files) {
      const read = await readMemory(file);
      if (!read.ok) return read;
      if (read.value !== null) found.push({ server, kept: read.value, at: (await stat(file)).mtimeMs });
    }
    if (found.length === 0) return accept(null);
    return this.#change((kept) => {
      let all: Result<Remembered> = accept(kept);
      for (const { kept: more, server } of found.toSorted((a, b) => a.at - b.at))
        if (all.ok) all = unionOf(all.value, more, server);
      return all;
    });
  }

  get repository(): Repository | null {
    return this.#kept.repositories[this.#server] ?? null;
  }

  /** The newest commit that was seen where the elections are. */
  get head(): string | null {
    return this.repository === null ? null : (this.#kept.heads[placeOf(this.repository)] ?? null);
  }

  /** The commit from which on the branch is read for runs of an election; null where none is remembered. */
  firstSeen(election: string): string | null {
    if (this.repository === null) return null;
    return this.#kept.firstSeen[placeOf(this.repository)]?.[election] ?? null;
  }

  async keepFirstSeen(election: string, at: string): Promise<Result<null>> {
    const { repository } = this;
    if (repository === null || this.firstSeen(election) !== null) return accept(null);
    const place = placeOf(repository);
    return this.#change((kept) =>
      accept({
        ...kept,
        firstSeen: { ...kept.firstSeen, [place]: { [election]: at, ...kept.firstSeen[place] } },
      }),
    );
  }

  /** What was acted on in a run; null for nothing. */
  boxOf(manifestHash: string): Acted | null {
    const acted = this.#kept.boxes[manifestHash];
    return acted === undefined ? null : { box: acted.box, decrypted: acted.decrypted };
  }

  /** Whether the officer has signed that the ballots of a run are void, and not taken it back. */
  hasVoided(manifestHash: string): boolean {
    return this.#kept.voided.includes(manifestHash);
  }

  async keepVoid(manifestHash: string): Promise<Result<null>> {
    return this.#change((kept) =>
      accept({ ...kept, voided: [...new Set([...kept.voided, manifestHash])].sort() }),
    );
  }

  /** The officer counts that run after all: too few others have signed. What was signed stays signed. */
  async takeBackVoid(manifestHash: string): Promise<Result<null>> {
    return this.#change((kept) =>
      accept({ ...kept, voided: kept.voided.filter((run) => run !== manifestHash) }),
    );
  }

  /** Whether it holds what a memory of version 1 left without its election. */
  get hasNameless(): boolean {
    return Object.values(this.#kept.boxes).some(({ election }) => election === null);
  }

  /**
   * What was acted on in other runs of an election than this one: under its key in this repository, in one that an older memory did
   * not say, or in any where the same ceremony's key was used. Of a run that a memory of version 1 left without its election, `named` tells whether its manifest stood in this
   * election's box.txt.
   */
  otherRuns(
    election: string,
    manifestHash: string,
    named: (manifestHash: string) => boolean,
    ceremony: string | null = null,
  ): readonly (Acted & { readonly manifestHash: string })[] {
    return this.#otherRunsIn(this.#kept, election, manifestHash, named, ceremony);
  }

  #otherRunsIn(
    { boxes }: Remembered,
    election: string,
    manifestHash: string,
    named: (manifestHash: string) => boolean,
    ceremony: string | null,
  ): readonly (Acted & { readonly manifestHash: string })[] {
    const here = this.repository === null ? null : plainSource(this.repository.source);
    return Object.entries(boxes)
      .filter(
        ([run, acted]) =>
          run !== manifestHash &&
          (acted.election ?? (named(run) ? election : null)) === election &&
          (acted.source === null ||
            here === null ||
            (ceremony !== null && acted.ceremony === ceremony) ||
            plainSource(acted.source) === here),
      )
      .map(([run, { box, decrypted }]) => ({ manifestHash: run, box, decrypted }));
  }

  /**
   * Keeps where the elections are, as the officer confirmed it. A place is replaced while the ballots' files of no election were found
   * there, since it may have been a wrong one. Refuses (`act-repository`) after that another place than the one that is kept of this server,
   * and another branch or folder of its repository; and ever an address that bears more than the repository's name.
   */
  async keepRepository(repository: Repository): Promise<Result<null>> {
    if (bearsMore(repository.source))
      return refuse(
        'act-repository',
        { step: 'repository', party: 'whoever names it' },
        'its address has more in it than a repository\u2019s (a name or password, ? or #), and may look like another one. Name it by its address alone.',
      );
    return this.#change((kept) => {
      const known = Object.entries(kept.repositories).filter(
        ([server, { source }]) =>
          server === this.#server || plainSource(source) === plainSource(repository.source),
      );
      const other = known.find(([, place]) => !isSame(place, repository) && isSettledAt(kept, place));
      if (other !== undefined)
        return refuse(
          'act-repository',
          { step: 'repository', party: 'whoever names it' },
          `this computer knows the elections at ${shown(other[1])}, and not at ${shown(repository)}. If they moved, ask the other officers, by another way than the server. Nothing is opened from a second place here: elections that moved are opened with new keys of a new ceremony, not by taking this place out of what this computer remembers.`,
        );
      const own = kept.repositories[this.#server];
      if (own !== undefined && isSame(own, repository)) return accept(kept);
      return accept({ ...kept, repositories: { ...kept.repositories, [this.#server]: repository } });
    });
  }

  /** Whether the files of an election's ballots were found where the elections are, or a box was acted on from there: from then on it is no other place. */
  get isSettled(): boolean {
    return this.repository !== null && isSettledAt(this.#kept, this.repository);
  }

  /**
   * Remembers the newest commit that was seen. Refuses (`act-memory`) where another process has seen one since that this look did not
   * compare it with: it may not follow that one.
   *
   * @param followed what was remembered as the look began, which `head` follows.
   */
  async keepHead(head: string, followed: string | null): Promise<Result<null>> {
    const { repository } = this;
    if (repository === null) return accept(null);
    const place = placeOf(repository);
    return this.#change((kept) => {
      const now = kept.heads[place] ?? null;
      if (now !== followed && now !== head) return MEANWHILE;
      return accept({ ...kept, heads: { ...kept.heads, [place]: head } });
    });
  }

  /** Keeps the box that is about to be acted on, and the ceremony (SHA-256, hex) whose key its ballots are sealed to. Refuses a second one of the same run, for ever, whoever shows it; and, with `act-memory`, where another process has acted on another run of the election since this one looked. */
  async keepBox(
    election: string,
    manifestHash: string,
    box: string,
    decrypted: boolean,
    ceremony: string | null = null,
  ): Promise<Result<null>> {
    const here = this.repository;
    const source = here?.source ?? null;
    return this.#change((kept) => {
      const place = kept.repositories[this.#server];
      if (here !== null && (place === undefined || !isSame(place, here)))
        return refuse(
          'act-repository',
          { step: 'repository', party: 'this computer' },
          'where the elections are was changed on this computer since it looked. Look again, then go on.',
        );
      const others = this.#otherRunsIn(kept, election, manifestHash, () => false, ceremony);
      if (others.some((run) => this.boxOf(run.manifestHash) === null)) return MEANWHILE;
      const before = kept.boxes[manifestHash];
      if (before !== undefined && before.box !== box)
        return refuse(
          'act-other-box',
          { step: 'box', party: 'the server' },
          'this is not the box that you acted on before.',
        );
      const now = {
        box,
        decrypted: decrypted || before?.decrypted === true,
        election: before?.election ?? election,
        source: before?.source ?? source,
        ceremony: before?.ceremony ?? ceremony,
      };
      // What was tried of this repository elsewhere and never acted on is asked anew, and refused: it is this place from now on.
      const repositories = Object.fromEntries(
        Object.entries(kept.repositories).filter(
          ([, place]) =>
            here === null || plainSource(place.source) !== plainSource(here.source) || isSame(place, here),
        ),
      );
      return accept({ ...kept, repositories, boxes: { ...kept.boxes, [manifestHash]: now } });
    });
  }

  /** Refuses with what `next` refuses with, and with `act-memory` for a file that cannot be read or that another process holds. */
  #change(next: (kept: Remembered) => Result<Remembered>): Promise<Result<null>> {
    return asOneWriter(this.#file, async () => {
      const read = await readMemory(this.#file);
      if (!read.ok) return read;
      const before = read.value ?? this.#kept;
      const after = next(before);
      if (!after.ok) return after;
      if (JSON.stringify(after.value) !== JSON.stringify(read.value)) await write(this.#file, after.value);
      this.#kept = after.value;
      return accept(null);
    });
  }
}

/** What a file says, of whatever version; null for no file. */
async function readMemory(file: string): Promise<Result<Remembered | null>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const read = text === null ? null : remembered(text);
  return text === null || read !== null
    ? accept(read)
    : refuse(
        'act-memory',
        mine,
        `what it remembers in ${file} cannot be read, and without it nothing is opened. Bring the file back from a backup; without one bring your key back on another computer with the twelve words.`,
      );
}

async function write(file: string, next: Remembered): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fresh = `${file}.new`;
  const handle = await open(fresh, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(next, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
  await syncFolder(folder);
}

/** So that the new name is on the disk, too. Windows has no such thing and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const MEANWHILE = refuse(
  'act-memory',
  mine,
  'another window or command has looked or acted since this one began. Look again, then go on.',
);

const isSame = (a: Repository, b: Repository): boolean =>
  plainSource(a.source) === plainSource(b.source) && a.branch === b.branch && a.folder === b.folder;

/** A box of which an older memory does not say where it was may be from anywhere. */
const isSettledAt = ({ boxes, firstSeen }: Remembered, place: Repository): boolean =>
  Object.keys(firstSeen[placeOf(place)] ?? {}).length > 0 ||
  Object.values(boxes).some(
    (acted) => acted.source === null || plainSource(acted.source) === plainSource(place.source),
  );

function bearsMore(source: string): boolean {
  if (!/^https?:/i.test(source)) return false;
  if (/[?#]/.test(source)) return true;
  const url = URL.canParse(source) ? new URL(source) : null;
  return url === null || url.username !== '' || url.password !== '';
}

const shown = ({ source, branch, folder }: Repository): string =>
  `${source}${branch === null ? '' : ` (branch ${branch})`}${folder === '' ? '' : `, folder ${folder}`}`;
