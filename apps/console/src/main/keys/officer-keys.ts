import { randomIndexes } from './random.ts';
import {
  type Header,
  officerKey,
  type OfficerKey,
  positionOf,
  recoveryPhrase,
  ROOT_BYTES,
  rootOfPhrase,
  unknownWords,
  wipe,
} from '@elekto/custody/ceremony';
import type { Result } from '@elekto/custody';
import { type KeyOwner, whoseKey } from '@elekto/election';
import { fromHex, toBase64Url, toHex } from '@elekto/wire';
import type { KeyAnswer, KeysState, NewKey, OwnKey } from '../../shared/keys.ts';

/** What the system's keyring does. */
export interface Vault {
  /** False where any program of this user could read what is sealed. */
  readonly remembers: boolean;
  seal(text: string): string;
  /** Null when it was sealed by another user or machine. */
  open(sealed: string): string | null;
}

export interface KeptKey {
  readonly login: string;
  readonly sign: string;
  readonly receive: string;
  /** The root, sealed by the vault. */
  readonly sealed: string;
}

/** Where sealed keys lie. */
export interface Shelf {
  get(): readonly KeptKey[];
  set(kept: readonly KeptKey[]): Promise<void>;
}

const ASKED = 3;

/**
 * The officer's keys on this computer. A new one is kept only after some of its words were typed back; a secret leaves this
 * class in no other way than as those words, once.
 */
export class OfficerKeys {
  readonly #vault: Vault;
  readonly #shelf: Shelf;
  #pending: { readonly login: string; readonly root: Uint8Array; readonly asked: readonly number[] } | null =
    null;

  constructor(vault: Vault, shelf: Shelf) {
    this.#vault = vault;
    this.#shelf = shelf;
  }

  state(): KeysState {
    return {
      canKeep: this.#vault.remembers,
      keys: this.#shelf.get().map((kept) => this.#shown(kept)),
    };
  }

  /** Makes a key and shows its words; null where it could not be kept. */
  begin(login: string): NewKey | null {
    if (!this.#vault.remembers) return null;
    this.#pending?.root.fill(0);
    const root = crypto.getRandomValues(new Uint8Array(ROOT_BYTES));
    const words = recoveryPhrase(root).split(' ');
    const asked = randomIndexes(words.length, ASKED);
    this.#pending = { login, root, asked };
    return { words, asked };
  }

  /** Keeps the new key when these are the words that were asked back. */
  async prove(words: readonly string[]): Promise<KeyAnswer> {
    if (this.#pending === null) return { kind: 'no-phrase', unknown: [] };
    const { login, root, asked } = this.#pending;
    const right = recoveryPhrase(root).split(' ');
    const wrong = asked.find((place, i) => words[i]?.trim().toLowerCase() !== right[place]);
    if (wrong !== undefined) return { kind: 'other-word', place: wrong };
    this.#pending = null;
    return { kind: 'kept', key: await this.#keep(login, root) };
  }

  /**
   * Brings a key back from its words, unless by custody files and published keys (`named`) these are somebody else's or nobody's:
   * it would take part in nothing in this name. Null: nobody could be asked, and nothing is said of the words; nor where what they say
   * is refused.
   */
  async recover(
    login: string,
    phrase: string,
    named: Result<readonly KeyOwner[]> | null,
  ): Promise<KeyAnswer> {
    if (!this.#vault.remembers) return { kind: 'cannot-keep' };
    const root = rootOfPhrase(phrase);
    if (root === null) return { kind: 'no-phrase', unknown: unknownWords(phrase) };
    if (named?.ok !== true) {
      root.fill(0);
      return named === null ? { kind: 'not-known' } : { kind: 'refused', message: named.error.message };
    }
    const key = officerKey(root);
    const whose = whoseKey(named.value, login, toBase64Url(key.sign));
    wipe(key);
    if (whose.kind !== 'own') {
      root.fill(0);
      return whose;
    }
    return { kind: 'kept', key: await this.#keep(login, root) };
  }

  /** Whether a public signing key is one of this computer's. */
  isOwn(sign: Uint8Array): boolean {
    return this.#shelf.get().some((kept) => kept.sign === toBase64Url(sign));
  }

  /** Works with the key that a ceremony names; null when none of this computer's is in it, or it does not open. */
  async with<T>(header: Header, work: (key: OfficerKey, position: number) => Promise<T>): Promise<T | null> {
    const kept = this.#shelf
      .get()
      .find(({ sign }) => header.officers.some((officer) => toBase64Url(officer.sign) === sign));
    const root = kept === undefined ? null : fromHex(this.#vault.open(kept.sealed) ?? '', ROOT_BYTES);
    if (root === null) return null;
    const key = officerKey(root);
    root.fill(0);
    try {
      const position = positionOf(header, key);
      return position === null ? null : await work(key, position);
    } finally {
      wipe(key);
    }
  }

  /** Works with every key of this computer that opens. */
  async withAll<T>(work: (keys: readonly OfficerKey[]) => Promise<T>): Promise<T> {
    const all = this.#shelf.get().flatMap(({ sealed }) => {
      const root = fromHex(this.#vault.open(sealed) ?? '', ROOT_BYTES);
      if (root === null) return [];
      const key = officerKey(root);
      root.fill(0);
      return [key];
    });
    try {
      return await work(all);
    } finally {
      all.forEach(wipe);
    }
  }

  async #keep(login: string, root: Uint8Array): Promise<OwnKey> {
    const key = officerKey(root);
    const kept = {
      login,
      sign: toBase64Url(key.sign),
      receive: toBase64Url(key.receive),
      sealed: this.#vault.seal(toHex(root)),
    };
    wipe(key);
    root.fill(0);
    // Older keys stay: a board whose elections still run needs the one that it began with.
    await this.#shelf.set([...this.#shelf.get().filter(({ sign }) => sign !== kept.sign), kept]);
    return this.#shown(kept);
  }

  #shown({ login, sign, receive, sealed }: KeptKey): OwnKey {
    return { login, sign, receive, opens: this.#vault.open(sealed) !== null };
  }
}
