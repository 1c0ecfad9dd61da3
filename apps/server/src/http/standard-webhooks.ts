/** Signatures of Standard Webhooks 1.0: those that are checked, and those that are made. */
import { createHmac } from 'node:crypto';

import { webhookKey } from '../config/webhook-key.ts';

/** `v1,` and the MAC in base64 over id, time (seconds) and body. */
export function standardSignature(
  secret: string,
  id: string,
  timestamp: string,
  body: string | Uint8Array,
): string {
  return `v1,${createHmac('sha256', webhookKey(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}
