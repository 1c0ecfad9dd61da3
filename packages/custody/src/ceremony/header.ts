import { canonicalJson, framed, toBase64Url } from '@elekto/wire';
import { x25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hashToScalar } from '../group/scalar.ts';
import { bytesOf, exactly, wholeOf } from '../json.ts';
import { accept, refuse, type RefusalCode, type Result } from '../refusal.ts';
import { remembering } from '../remember.ts';
import { isSigner } from '../sign.ts';

/** An officer as the header names them. */
export interface Officer {
  readonly login: string;
  /** Ed25519 public key, 32 bytes. */
  readonly sign: Uint8Array;
  /** X25519 public key, 32 bytes. */
  readonly receive: Uint8Array;
}

/** What a ceremony is about, agreed before it begins. */
export interface Header {
  readonly kind: 'election' | 'rehearsal';
  /** How many officers together can open a count. */
  readonly threshold: number;
  /** In the order of their positions 1..n. */
  readonly officers: readonly Officer[];
  /** The last day on which an election may open with this key, YYYY-MM-DD. */
  readonly until: string;
  /** Fresh for every ceremony, 16 bytes. */
  readonly nonce: Uint8Array;
  /** SHA-256 of the header: everything that is signed or proven in this ceremony names it. */
  readonly ceremonyId: Uint8Array;
  /** Where the officers' shares lie on the polynomial; from ceremony and position, never from a name. */
  readonly identifiers: readonly bigint[];
}

export const FORMAT = 'elekto-custody/1';
export const MOST_OFFICERS = 64;
const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})$/;

const at = { step: 'ceremony header', party: 'whoever wrote it' } as const;
const no = (code: RefusalCode, sentence: string): Result<never> => refuse(code, at, sentence);

/** The header as JSON, in the form that is hashed. */
export const headerJson = (header: Omit<Header, 'ceremonyId' | 'identifiers'>): Record<string, unknown> => ({
  format: FORMAT,
  kind: header.kind,
  threshold: header.threshold,
  officers: header.officers.map(({ login, sign, receive }) => ({
    login,
    sign: toBase64Url(sign),
    receive: toBase64Url(receive),
  })),
  until: header.until,
  nonce: toBase64Url(header.nonce),
});

const isReceiver = remembering(1024, (key = new Uint8Array()) => {
  try {
    // Refuses the points of small order, with which every shared secret is the same.
    x25519.getSharedSecret(new Uint8Array(32).fill(1), key);
    return true;
  } catch {
    return false;
  }
});

function readOfficer(value: unknown): Officer | null {
  const fields = exactly(value, ['login', 'sign', 'receive']);
  if (fields === null || typeof fields.login !== 'string' || !LOGIN.test(fields.login)) return null;
  const [sign, receive] = [bytesOf(fields.sign, 32), bytesOf(fields.receive, 32)];
  return sign === null || receive === null ? null : { login: fields.login, sign, receive };
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);

/** Reads a header and says what is wrong with it. The threshold is more than half, so that two quorums share an officer. */
export function readHeader(value: unknown): Result<Header> {
  const fields = exactly(value, ['format', 'kind', 'threshold', 'officers', 'until', 'nonce']);
  const nonce = bytesOf(fields?.nonce, 16);
  if (fields === null || nonce === null || fields.format !== FORMAT || !Array.isArray(fields.officers))
    return no('header-format', `it is not a header of the format ${FORMAT}.`);
  const { kind, until } = fields;
  if ((kind !== 'election' && kind !== 'rehearsal') || typeof until !== 'string' || !isDay(until))
    return no('header-format', 'its kind is not election or rehearsal, or its last day is no date.');
  const n = fields.officers.length;
  if (n < 3)
    return no('header-too-few', `it names ${n} of the three officers or more that there have to be.`);
  if (n > MOST_OFFICERS) return no('header-format', `there can be ${MOST_OFFICERS} officers at most.`);
  const threshold = wholeOf(fields.threshold, 1, n);
  if (threshold === null || 2 * threshold <= n)
    return no(
      'header-threshold',
      `its threshold has to be a whole number, more than half of the ${n} officers and ${n} at most.`,
    );
  const officers = fields.officers.map(readOfficer);
  if (!officers.every((officer) => officer !== null))
    return no('header-format', 'an officer is not a login with two public keys.');
  for (const { login, sign, receive } of officers)
    if (!isSigner(sign) || !isReceiver(receive))
      return no('header-key', `a key of ${login} is none that can be used.`);
  const distinct = (list: readonly string[]): boolean => new Set(list).size === list.length;
  const keys = officers.flatMap(({ sign, receive }) => [toBase64Url(sign), toBase64Url(receive)]);
  if (!distinct(officers.map(({ login }) => login.toLowerCase())) || !distinct(keys))
    return no('header-twice', 'an officer or a key stands in it twice.');
  return finishHeader({ kind, threshold, officers, until, nonce });
}

function finishHeader(parts: Omit<Header, 'ceremonyId' | 'identifiers'>): Result<Header> {
  const ceremonyId = sha256(framed('elekto/ceremony/1', canonicalJson(headerJson(parts))));
  const identifiers = parts.officers.map((_, i) =>
    hashToScalar(framed('elekto/identifier/1', ceremonyId, String(i + 1))),
  );
  return accept({ ...parts, ceremonyId, identifiers });
}

/** An officer by position 1..n. @throws RangeError for any other. */
export function officerAt(header: Header, position: number): Officer {
  const officer = header.officers[position - 1];
  if (officer === undefined) throw new RangeError('no officer has this position');
  return officer;
}
