import { z } from 'zod';

const TOKEN = 'whsec_';

/** What a webhook is signed with as Standard Webhooks 1.0 say: of a signing token the bytes behind `whsec_`, else the secret itself. */
export const webhookKey = (secret: string): Buffer =>
  secret.startsWith(TOKEN) ? Buffer.from(secret.slice(TOKEN.length), 'base64') : Buffer.from(secret);

/** A secret whose key has `least` bytes: the prefix of a signing token adds nothing. */
export const webhookSecret = (least: number) =>
  z
    .string()
    .refine(
      (secret) => webhookKey(secret).length >= least,
      `is too short: use at least ${least} characters, or behind ${TOKEN} as many bytes in base64`,
    );
