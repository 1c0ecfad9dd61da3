import { SIZES, handleIn } from '@elekto/protocol/ballot';
import { compareBytes } from '@elekto/wire';

/** Records a shard is padded to a multiple of, so that its size tells a count only coarsely. */
const PAD_TO = 64;
/** Before them: how many they are, and how long each is (uint32 each). */
const HEADER = 8;

/**
 * The records of a shard in the clear, in the very bytes that are sealed: count, length of a record, records sorted by handle, zeros.
 * Each cast opens hundreds of them to add one, so none of them is an object of its own. Their order tells nothing about the order of
 * casting, since handles are random.
 */
export class Records implements Iterable<Buffer> {
  #bytes: Buffer;
  readonly #length: number;

  private constructor(bytes: Buffer, length: number) {
    this.#bytes = bytes;
    this.#length = length;
  }

  /** Of the bytes of a shard that was opened, which are kept and written to; null when they hold no records of `length` bytes each. */
  static read(bytes: Buffer, length: number): Records | null {
    if (bytes.length < HEADER || bytes.readUInt32BE(4) !== length) return null;
    const records = new Records(bytes, length);
    return HEADER + records.count * length > bytes.length ? null : records;
  }

  /** @param given of `length` bytes each, in any order. */
  static of(given: Iterable<Uint8Array>, length: number): Records {
    const bytes = Buffer.alloc(HEADER);
    bytes.writeUInt32BE(length, 4);
    const records = new Records(bytes, length);
    for (const record of given) records.add(record);
    return records;
  }

  get count(): number {
    return this.#bytes.readUInt32BE(0);
  }

  /** Views, not copies. */
  *[Symbol.iterator](): Generator<Buffer> {
    for (let index = 0; index < this.count; index += 1) yield this.#at(index);
  }

  /** The record with this handle, a view that is good until records are added or removed; null when it is not there. */
  find(handle: Uint8Array): Buffer | null {
    if (handle.length !== SIZES.handle) return null;
    const index = this.#firstFrom(handle);
    const found = index < this.count ? this.#at(index) : null;
    return found !== null && compareBytes(handleIn(found), handle) === 0 ? found : null;
  }

  /** Copies it to its place. */
  add(record: Uint8Array): void {
    if (record.length !== this.#length) throw new Error('a record of another length');
    const { count } = this;
    const from = this.#offset(this.#firstFrom(handleIn(record)));
    this.#resize(count + 1);
    this.#bytes.copyWithin(from + this.#length, from, this.#offset(count));
    this.#bytes.set(record, from);
    this.#bytes.writeUInt32BE(count + 1, 0);
  }

  /** Takes the record with this handle out; nothing where it is not there. */
  remove(handle: Uint8Array): void {
    if (this.find(handle) === null) return;
    const { count } = this;
    const from = this.#offset(this.#firstFrom(handle));
    this.#bytes.copyWithin(from, from + this.#length, this.#offset(count));
    this.#bytes.fill(0, this.#offset(count - 1));
    this.#bytes.writeUInt32BE(count - 1, 0);
  }

  /** What is sealed, padded; a view. */
  padded(): Buffer {
    this.#resize(this.count);
    return this.#bytes;
  }

  wipe(): void {
    this.#bytes.fill(0, HEADER);
    this.#bytes.writeUInt32BE(0, 0);
  }

  readonly #offset = (index: number): number => HEADER + index * this.#length;

  readonly #at = (index: number): Buffer =>
    this.#bytes.subarray(this.#offset(index), this.#offset(index + 1));

  /** The first of them whose handle is not before this one; as many as there are when all are. */
  #firstFrom(handle: Uint8Array): number {
    let from = 0;
    let to = this.count;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (compareBytes(handleIn(this.#at(middle)), handle) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Room for so many, and no more than they are padded to. */
  #resize(count: number): void {
    const wanted = HEADER + Math.max(1, Math.ceil(count / PAD_TO)) * PAD_TO * this.#length;
    if (wanted === this.#bytes.length) return;
    const before = this.#bytes;
    this.#bytes = Buffer.alloc(wanted);
    before.copy(this.#bytes);
    before.fill(0);
  }
}
