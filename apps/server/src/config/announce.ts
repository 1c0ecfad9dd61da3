/** Where the server tells of elections, as the operator set it: no voter, officer or file of an election can add a place. */
import { z } from 'zod';

import { isLoopback } from './checks.ts';
import { webhookSecret } from './webhook-key.ts';

export const HOOK_FORMATS = ['json', 'slack', 'matrix', 'discord'] as const;
export type HookFormat = (typeof HOOK_FORMATS)[number];

export interface Hook {
  readonly format: HookFormat;
  /** Whoever knows it can write there: it is shown to nobody and logged nowhere. */
  readonly url: string;
}

export interface AnnounceSettings {
  readonly hooks: readonly Hook[];
  /** What `json` is signed with; null where there is none of it. */
  readonly secret: string | null;
  /** Days before the end at which is reminded. */
  readonly days: readonly number[];
  /** Whether a hook may be on this machine, and then without https. */
  readonly loopback: boolean;
}

const LONGEST = 60;

export const announceSchemas = {
  ELEKTO_ANNOUNCE_TO: z
    .string()
    .transform((text) => text.split(/\s+/).filter(Boolean))
    .pipe(
      z.array(
        z
          .string()
          .regex(
            /^(json|slack|matrix|discord)=https?:\/\/[^\s/]/,
            `has an entry that is not one of ${HOOK_FORMATS.map((format) => `${format}=https://...`).join(', ')}`,
          )
          .refine((entry) => URL.canParse(entry.slice(entry.indexOf('=') + 1)), {
            error: 'has an entry whose address is none',
          }),
      ),
    )
    .transform((entries): Hook[] =>
      entries.map((entry) => {
        const at = entry.indexOf('=');
        return { format: entry.slice(0, at) as HookFormat, url: entry.slice(at + 1) };
      }),
    )
    .default([]),
  ELEKTO_ANNOUNCE_SECRET: webhookSecret(16).optional(),
  ELEKTO_ANNOUNCE_DAYS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(
      z.array(
        z.coerce
          .number<string>('is not a list of numbers')
          .int('is not a list of whole days')
          .min(1, 'has a number below 1')
          .max(LONGEST, `has a number above ${LONGEST}`),
      ),
    )
    .default([3]),
  ELEKTO_ANNOUNCE_LOOPBACK: z.enum(['on', 'off'], 'is neither on nor off').default('off'),
};

interface Values {
  readonly ELEKTO_ANNOUNCE_TO: readonly Hook[];
  readonly ELEKTO_ANNOUNCE_SECRET?: string | undefined;
  readonly ELEKTO_ANNOUNCE_DAYS: readonly number[];
  readonly ELEKTO_ANNOUNCE_LOOPBACK: 'on' | 'off';
}

/** What is wrong between these settings. Says the place of an entry and never the entry, which is a secret. */
export function checkAnnounce(values: Values, problems: string[]): void {
  const { ELEKTO_ANNOUNCE_TO: hooks, ELEKTO_ANNOUNCE_LOOPBACK: loopback } = values;
  hooks.forEach(({ url }, index) => {
    const { protocol, hostname, username } = new URL(url);
    const here = isLoopback(hostname);
    const entry = `ELEKTO_ANNOUNCE_TO: entry ${index + 1}`;
    if (here && loopback === 'off')
      problems.push(`${entry} is on this machine: set ELEKTO_ANNOUNCE_LOOPBACK=on if that is meant.`);
    else if (protocol !== 'https:' && !here) problems.push(`${entry} is not https.`);
    if (username !== '') problems.push(`${entry} has a user name in its address, which is not sent.`);
  });
  if (hooks.some(({ format }) => format === 'json') && values.ELEKTO_ANNOUNCE_SECRET === undefined)
    problems.push(
      'ELEKTO_ANNOUNCE_SECRET is not set: what is sent as json is signed with it, so that whoever gets it knows whose it is.',
    );
}

export const announceSettings = (values: Values): AnnounceSettings => ({
  hooks: values.ELEKTO_ANNOUNCE_TO,
  secret: values.ELEKTO_ANNOUNCE_SECRET ?? null,
  days: [...new Set(values.ELEKTO_ANNOUNCE_DAYS)].toSorted((a, b) => b - a),
  loopback: values.ELEKTO_ANNOUNCE_LOOPBACK === 'on',
});
