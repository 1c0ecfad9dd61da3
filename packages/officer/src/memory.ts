/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { accept, refuse, type Result } from '@elekto/custody';
import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const commit = z.string().regex(/^[0-9a-f]{40}$/);
const shape = z.strictObject({
  version: z.literal(3),
  /** Where the elections are, as the officer said it once. */
  repository: z
    .strictObject({ source: z.string(), branch: z.string().nullable(), folder: z.string() })
    .nullable(),
  /** The newest commit that was seen there. */
  head: commit.nullable(),
  /** The commit from which on the branch is read for runs of each election, by its key: where its custody file came there. */
  firstSeen: z.record(z.string(), commit),
  /**
   * The box that was acted on, by the manifest of its run; whether it was decrypted. `election` is the key; null where a memory of version 1
   * did not say it.
   */
  boxes: z.record(
    hash,
    z.strictObject({ box: hash, decrypted: z.boolean(), election: z.string().nullable() }),
  ),
});
/** Its `firstSeen` may be the commit of a later run alone, and is not believed: the next look goes back once more. */
const second = shape.extend({ version: z.literal(2) });
const older = shape.omit({ firstSeen: true }).extend({
  version: z.literal(1),
  boxes: z.record(hash, z.strictObject({ box: hash, decrypted: z.boolean() })),
});

type Remembered = z.infer<typeof shape>;
export type Repository = NonNullable<Remembered['repository']>;
type Acted = Pick<Remembered['boxes'][string], 'box' | 'decrypted'>;

const NOTHING: Remembered = { version: 3, repository: null, head: null, firstSeen: {}, boxes: {} };
const mine = { step: 'memory', party: 'this computer' };

/**
 * What an officer's computer remembers between visits. Everything is on the disk, not in its cache, before a promise
 * resolves: a box that was acted on must not be forgotten by a power cut.
 */
export class OfficerMemory {
  readonly #file: string;
  #kept: Remembered;

  private constructor(file: string, kept: Remembered) {
    this.#file = file;
    this.#kept = kept;
  }

  /** Refuses with `act-memory` for a file that somebody wrote to: forgetting it would be what they want. */
  static async open(file: string): Promise<Result<OfficerMemory>> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return accept(new OfficerMemory(file, NOTHING));
    const read = remembered(parsed(text));
    return read !== null
      ? accept(new OfficerMemory(file, read))
      : refuse(
          'act-memory',
          mine,
          `what it remembers in ${file} cannot be read, and without it nothing is opened. Bring the file back from a backup; without one bring your key back on another computer with the twelve words.`,
        );
  }

  get repository(): Repository | null {
    return this.#kept.repository;
  }

  get head(): string | null {
    return this.#kept.head;
  }

  /** The commit from which on the branch is read for runs of an election; null where none is remembered. */
  firstSeen(election: string): string | null {
    return this.#kept.firstSeen[election] ?? null;
  }

  async keepFirstSeen(election: string, at: string): Promise<void> {
    if (this.firstSeen(election) !== null) return;
    await this.#write({ ...this.#kept, firstSeen: { ...this.#kept.firstSeen, [election]: at } });
  }

  /** What was acted on in a run; null for nothing. */
  boxOf(manifestHash: string): Acted | null {
    const acted = this.#kept.boxes[manifestHash];
    return acted === undefined ? null : { box: acted.box, decrypted: acted.decrypted };
  }

  /** Whether it holds what a memory of version 1 left without its election. */
  get hasNameless(): boolean {
    return Object.values(this.#kept.boxes).some(({ election }) => election === null);
  }

  /**
   * What was acted on in other runs of an election than this one. Of a run that a memory of version 1 left without its election,
   * `named` tells whether its manifest stood in this election's box.txt.
   */
  otherRuns(
    election: string,
    manifestHash: string,
    named: (manifestHash: string) => boolean,
  ): readonly (Acted & { readonly manifestHash: string })[] {
    return Object.entries(this.#kept.boxes)
      .filter(
        ([run, acted]) =>
          run !== manifestHash && (acted.election ?? (named(run) ? election : null)) === election,
      )
      .map(([run, { box, decrypted }]) => ({ manifestHash: run, box, decrypted }));
  }

  /** Keeps where the elections are. Refuses another place than the one that is kept. */
  async keepRepository(repository: Repository): Promise<Result<null>> {
    const before = this.#kept.repository;
    if (before === null) await this.#write({ ...this.#kept, repository });
    else if (
      before.source !== repository.source ||
      before.branch !== repository.branch ||
      before.folder !== repository.folder
    )
      return refuse(
        'act-repository',
        { step: 'repository', party: 'whoever names it' },
        `this computer knows the elections at ${shown(before)}, and not at ${shown(repository)}. If they moved, ask the other officers, and begin with another memory.`,
      );
    return accept(null);
  }

  async keepHead(head: string): Promise<void> {
    if (head !== this.#kept.head) await this.#write({ ...this.#kept, head });
  }

  /** Keeps the box that is about to be acted on. Refuses a second one of the same run, for ever. */
  async keepBox(
    election: string,
    manifestHash: string,
    box: string,
    decrypted: boolean,
  ): Promise<Result<null>> {
    const before = this.#kept.boxes[manifestHash];
    if (before !== undefined && before.box !== box)
      return refuse(
        'act-other-box',
        { step: 'box', party: 'the server' },
        'this is not the box that you acted on before.',
      );
    const kept = {
      box,
      decrypted: decrypted || before?.decrypted === true,
      election: before?.election ?? election,
    };
    if (before?.decrypted !== kept.decrypted || before.election !== kept.election)
      await this.#write({ ...this.#kept, boxes: { ...this.#kept.boxes, [manifestHash]: kept } });
    return accept(null);
  }

  async #write(next: Remembered): Promise<void> {
    const folder = dirname(this.#file);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const fresh = `${this.#file}.new`;
    const file = await open(fresh, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(next, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, this.#file);
    await syncFolder(folder);
    this.#kept = next;
  }
}

/** A memory of this version, or an older one as this version has it; null for anything else. */
function remembered(value: unknown): Remembered | null {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const before = second.safeParse(value);
  if (before.success) return { ...before.data, version: 3, firstSeen: {} };
  const { success, data } = older.safeParse(value);
  if (!success) return null;
  const boxes = Object.entries(data.boxes).map(
    ([run, acted]) => [run, { ...acted, election: null }] as const,
  );
  return { ...data, version: 3, firstSeen: {}, boxes: Object.fromEntries(boxes) };
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

const shown = ({ source, branch, folder }: Repository): string =>
  `${source}${branch === null ? '' : ` (branch ${branch})`}${folder === '' ? '' : `, folder ${folder}`}`;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
