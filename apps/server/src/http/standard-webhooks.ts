/** Signatures of Standard Webhooks 1.0: those that are checked, and those that are made. */
import { createHmac } from 'node:crypto';

/** `v1,` and the MAC in base64 over id, time (seconds) and body, under the bytes behind `whsec_` or those of the text. */
export function standardSignature(
  secret: string,
  id: string,
  timestamp: string,
  body: string | Uint8Array,
): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}
