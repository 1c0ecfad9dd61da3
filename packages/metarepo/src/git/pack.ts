import { open, type FileHandle } from 'node:fs/promises';
import { constants, inflateSync } from 'node:zlib';

/** Where an object stands in a pack and what its header says. */
interface PackEntry {
  readonly type: number;
  /** Inflated size of what follows: of the object, or of the delta. */
  readonly size: number;
  /** File offset of the zlib stream. */
  readonly dataAt: number;
  readonly baseOffset: number | null;
  readonly baseId: string | null;
}

const OFS_DELTA = 6;
const REF_DELTA = 7;
const TYPES: Readonly<Record<number, string>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' };

/** No object of ours may rest on a base larger than this. */
const MOST_BYTES = 64 * 1024 * 1024;
/** More differences than these in a row are damage, not compression. */
export const LONGEST_CHAIN = 5_000;

export interface GitObject {
  readonly type: string;
  readonly data: Buffer;
}

/**
 * A pack and its index (version 2), read in place: only the bytes of the objects asked for are loaded.
 * Format: Documentation/gitformat-pack.txt in git's sources.
 */
export class Pack {
  readonly #pack: OpenFile;
  readonly #index: OpenFile;
  readonly #fanout: readonly number[];
  readonly #slices = new Map<number, Buffer>();
  readonly #bases = new Map<number, GitObject>();
  #baseBytes = 0;

  private constructor(pack: OpenFile, index: OpenFile, fanout: readonly number[]) {
    this.#pack = pack;
    this.#index = index;
    this.#fanout = fanout;
  }

  /** Opens `<stem>.pack` and `<stem>.idx`. */
  static async open(stem: string): Promise<Pack> {
    const index = await openFile(`${stem}.idx`);
    try {
      const head = await index.read(0, 8 + 1024);
      if (head.readUInt32BE(0) !== 0xff744f63 || head.readUInt32BE(4) !== 2)
        throw new Error('unknown pack index version');
      const fanout = Array.from({ length: 256 }, (_, byte) => head.readUInt32BE(8 + byte * 4));
      return new Pack(await openFile(`${stem}.pack`), index, fanout);
    } catch (error) {
      await index.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#pack.close(), this.#index.close()]);
  }

  /** The pack offset of an object, or null when the pack does not hold it. */
  async find(id: string): Promise<number | null> {
    const wanted = Buffer.from(id, 'hex');
    const byte = wanted[0] ?? 0;
    const from = byte === 0 ? 0 : (this.#fanout[byte - 1] ?? 0);
    const to = this.#fanout[byte] ?? 0;
    if (from === to) return null;
    let slice = this.#slices.get(byte);
    if (!slice) {
      slice = await this.#index.read(1032 + from * 20, (to - from) * 20);
      this.#slices.set(byte, slice);
    }
    let low = 0;
    let high = to - from - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const order = slice.compare(wanted, 0, 20, middle * 20, middle * 20 + 20);
      if (order === 0) return this.#offsetOf(from + middle);
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  async #offsetOf(position: number): Promise<number> {
    const total = this.#fanout[255] ?? 0;
    const small = (await this.#index.read(1032 + total * 24 + position * 4, 4)).readUInt32BE(0);
    if (small < 0x80000000) return small;
    const large = 1032 + total * 28 + (small - 0x80000000) * 8;
    return Number((await this.#index.read(large, 8)).readBigUInt64BE(0));
  }

  /** The size of the object at an offset; of a delta only its first bytes are inflated. */
  async sizeAt(offset: number): Promise<number> {
    const entry = await this.#entryAt(offset);
    if (entry.type !== OFS_DELTA && entry.type !== REF_DELTA) return entry.size;
    const start = inflateStart(await this.#pack.read(entry.dataAt, 4096));
    return readVarint(start, readVarint(start, 0).next).value;
  }

  /** The object at an offset. `baseOf` finds bases that are not in this pack. */
  async readAt(offset: number, baseOf: (id: string) => Promise<GitObject>): Promise<GitObject> {
    const deltas: { at: number; data: Buffer }[] = [];
    let at: number | null = offset;
    let base: GitObject | null = null;
    while (base === null) {
      base = this.#bases.get(at) ?? null;
      if (base) break;
      const entry = await this.#entryAt(at);
      const data = await this.#inflate(entry);
      if (entry.baseOffset === null && entry.baseId === null) {
        base = { type: TYPES[entry.type] ?? 'unknown', data };
        this.#remember(at, base);
        break;
      }
      deltas.push({ at, data });
      if (deltas.length > LONGEST_CHAIN) throw new Error('delta chain too long');
      const own: number | null = entry.baseId === null ? entry.baseOffset : await this.find(entry.baseId);
      if (own !== null) at = own;
      else base = await baseOf(entry.baseId ?? '');
    }
    for (let delta = deltas.pop(); delta; delta = deltas.pop()) {
      base = { type: base.type, data: applyDelta(base.data, delta.data) };
      this.#remember(delta.at, base);
    }
    return base;
  }

  /** Keeps small objects that deltas may build on, a few megabytes in all. */
  #remember(at: number, object: GitObject): void {
    if (object.data.length > 256 * 1024) return;
    if (this.#baseBytes > 16 * 1024 * 1024) {
      this.#bases.clear();
      this.#baseBytes = 0;
    }
    this.#bases.set(at, object);
    this.#baseBytes += object.data.length;
  }

  async #entryAt(offset: number): Promise<PackEntry> {
    const head = await this.#pack.read(offset, 64);
    let byte = head[0] ?? 0;
    let next = 1;
    const type = (byte >> 4) & 7;
    let size = byte & 15;
    let scale = 16;
    while (byte & 0x80) {
      byte = head[next++] ?? 0;
      size += (byte & 0x7f) * scale;
      scale *= 128;
    }
    if (type === REF_DELTA)
      return {
        type,
        size,
        dataAt: offset + next + 20,
        baseOffset: null,
        baseId: head.toString('hex', next, next + 20),
      };
    if (type !== OFS_DELTA) {
      if (!TYPES[type]) throw new Error('corrupt pack entry');
      return { type, size, dataAt: offset + next, baseOffset: null, baseId: null };
    }
    byte = head[next++] ?? 0;
    let back = byte & 0x7f;
    while (byte & 0x80) {
      byte = head[next++] ?? 0;
      back = (back + 1) * 128 + (byte & 0x7f);
    }
    if (back <= 0 || back > offset) throw new Error('corrupt delta offset');
    return { type, size, dataAt: offset + next, baseOffset: offset - back, baseId: null };
  }

  async #inflate(entry: PackEntry): Promise<Buffer> {
    if (entry.size > MOST_BYTES) throw new Error('object too large');
    // zlib's own bound for what `size` bytes can take when they do not compress.
    const bound = entry.size + (entry.size >> 9) + 256;
    const data = inflateSync(await this.#pack.read(entry.dataAt, bound), {
      maxOutputLength: entry.size + 1,
    });
    if (data.length !== entry.size) throw new Error('corrupt pack entry');
    return data;
  }
}

/** Inflates as much as a piece of a zlib stream gives. */
export function inflateStart(piece: Buffer): Buffer {
  return inflateSync(piece, { finishFlush: constants.Z_SYNC_FLUSH });
}

interface OpenFile {
  /** Up to `length` bytes; fewer at the end of the file. */
  read(position: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Git writes a pack once: how long it is, is asked once. */
async function openFile(path: string): Promise<OpenFile> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return {
      read: (position, length) => readWithin(file, size, position, length),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Reads up to `length` bytes; fewer at the end of the file. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  return readWithin(file, (await file.stat()).size, position, length);
}

async function readWithin(file: FileHandle, size: number, position: number, length: number): Promise<Buffer> {
  const wanted = Math.max(0, Math.min(length, size - position));
  const buffer = Buffer.alloc(wanted);
  let done = 0;
  while (done < wanted) {
    const { bytesRead } = await file.read(buffer, done, wanted - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}

function readVarint(data: Buffer, from: number): { value: number; next: number } {
  let value = 0;
  let scale = 1;
  let next = from;
  for (;;) {
    const byte = data[next++];
    if (byte === undefined) throw new Error('corrupt delta');
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if (!(byte & 0x80)) return { value, next };
  }
}

function applyDelta(base: Buffer, delta: Buffer): Buffer {
  const source = readVarint(delta, 0);
  const target = readVarint(delta, source.next);
  if (source.value !== base.length || target.value > MOST_BYTES) throw new Error('corrupt delta');
  const result = Buffer.alloc(target.value);
  let at = target.next;
  let written = 0;
  while (at < delta.length) {
    const op = delta[at++] ?? 0;
    if (op & 0x80) {
      let offset = 0;
      let size = 0;
      for (let bit = 0; bit < 4; bit++) if (op & (1 << bit)) offset += (delta[at++] ?? 0) * 2 ** (8 * bit);
      for (let bit = 0; bit < 3; bit++) if (op & (0x10 << bit)) size += (delta[at++] ?? 0) * 2 ** (8 * bit);
      if (size === 0) size = 0x10000;
      if (offset + size > base.length || written + size > result.length) throw new Error('corrupt delta');
      base.copy(result, written, offset, offset + size);
      written += size;
    } else {
      if (op === 0 || written + op > result.length) throw new Error('corrupt delta');
      delta.copy(result, written, at, at + op);
      at += op;
      written += op;
    }
  }
  if (written !== result.length) throw new Error('corrupt delta');
  return result;
}
