import { canonicalJson, framed, toBase64Url } from '@elekto/wire';
import { bytesOf, exactly, wholeOf } from '../json.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import { isSigned, sign, SIGNATURE_BYTES } from '../sign.ts';
import { type Header, officerAt } from './header.ts';

/** What an officer says in a ceremony. Officers are numbered by their position, from 1. */
export type Body =
  | {
      readonly kind: 'deal';
      /** Commitments to the coefficients of the dealer's polynomial, t points. */
      readonly commitments: readonly Uint8Array[];
      /** That the dealer knows the constant one: commitment and response, 64 bytes. */
      readonly proof: Uint8Array;
      /** For each officer, oneself included, the value of the polynomial, sealed. */
      readonly shares: readonly Uint8Array[];
    }
  | { readonly kind: 'confirm'; readonly transcript: Uint8Array }
  | { readonly kind: 'complaint'; readonly dealer: number }
  | {
      readonly kind: 'opening';
      readonly complainer: number;
      readonly share: Uint8Array;
      readonly ekm: Uint8Array;
    };

/** A body with the officer who signed it. */
export interface Post {
  readonly officer: number;
  readonly body: Body;
  readonly signature: Uint8Array;
}

/** A body as JSON, in the form that is signed. */
export function bodyJson(body: Body): Record<string, unknown> {
  switch (body.kind) {
    case 'deal':
      return {
        kind: body.kind,
        commitments: body.commitments.map(toBase64Url),
        proof: toBase64Url(body.proof),
        shares: body.shares.map(toBase64Url),
      };
    case 'confirm':
      return { kind: body.kind, transcript: toBase64Url(body.transcript) };
    case 'complaint':
      return { kind: body.kind, dealer: body.dealer };
    case 'opening':
      return {
        kind: body.kind,
        complainer: body.complainer,
        share: toBase64Url(body.share),
        ekm: toBase64Url(body.ekm),
      };
  }
}

const message = (header: Header, officer: number, body: Body): Uint8Array =>
  framed('elekto/ceremony post/1', header.ceremonyId, String(officer), canonicalJson(bodyJson(body)));

export const signPost = (header: Header, officer: number, body: Body, signSecret: Uint8Array): Post => ({
  officer,
  body,
  signature: sign(signSecret, message(header, officer, body)),
});

export const postJson = (post: Post): Record<string, unknown> => ({
  officer: post.officer,
  body: bodyJson(post.body),
  signature: toBase64Url(post.signature),
});

/**
 * A body by its kind. Lists and byte strings may have any length here: a signed deal of the wrong shape is
 * something for which its dealer can be named.
 */
function readBody(value: unknown, n: number): Body | null {
  const any = (item: unknown): Uint8Array | null =>
    typeof item === 'string' && item.length <= 200 ? bytesOf(item, Math.floor((item.length * 3) / 4)) : null;
  const many = (items: unknown): Uint8Array[] | null => {
    if (!Array.isArray(items) || items.length > 100) return null;
    const list = items.map(any);
    return list.every((item) => item !== null) ? list : null;
  };
  switch ((value as { kind?: unknown } | null)?.kind) {
    case 'deal': {
      const fields = exactly(value, ['kind', 'commitments', 'proof', 'shares']);
      const [commitments, proof, shares] = [
        many(fields?.commitments),
        any(fields?.proof),
        many(fields?.shares),
      ];
      if (commitments === null || proof === null || shares === null) return null;
      return { kind: 'deal', commitments, proof, shares };
    }
    case 'confirm': {
      const transcript = bytesOf(exactly(value, ['kind', 'transcript'])?.transcript, 32);
      return transcript === null ? null : { kind: 'confirm', transcript };
    }
    case 'complaint': {
      const dealer = wholeOf(exactly(value, ['kind', 'dealer'])?.dealer, 1, n);
      return dealer === null ? null : { kind: 'complaint', dealer };
    }
    case 'opening': {
      const fields = exactly(value, ['kind', 'complainer', 'share', 'ekm']);
      const complainer = wholeOf(fields?.complainer, 1, n);
      const [share, ekm] = [bytesOf(fields?.share, 32), bytesOf(fields?.ekm, 32)];
      if (complainer === null || share === null || ekm === null) return null;
      return { kind: 'opening', complainer, share, ekm };
    }
    default:
      return null;
  }
}

/** No officer: anybody can write something down in the name of one. */
const at = { step: 'ceremony', party: 'whoever wrote it down' } as const;

/** Reads a post and checks its signature. A bad one is nobody's: anybody can write one down. */
export function readPost(header: Header, value: unknown): Result<Post> {
  const fields = exactly(value, ['officer', 'body', 'signature']);
  const officer = wholeOf(fields?.officer, 1, header.officers.length);
  const signature = bytesOf(fields?.signature, SIGNATURE_BYTES);
  const body = officer === null ? null : readBody(fields?.body, header.officers.length);
  if (officer === null || signature === null || body === null)
    return refuse('post-format', at, 'one of its messages cannot be read.');
  const { login, sign: key } = officerAt(header, officer);
  if (!isSigned(key, message(header, officer, body), signature))
    return refuse(
      'post-signature',
      at,
      `what stands there in the name of ${login} is not what they signed for this ceremony.`,
    );
  return accept({ officer, body, signature });
}
