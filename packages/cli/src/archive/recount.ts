import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { CountOptions, Outcome } from '@elekto/tally';
import { count, METHODS } from '@elekto/tally';
import { z } from 'zod';

import { readBallots, withoutNamed } from '../tally-input.ts';

const share = z.tuple([z.number().int(), z.number().int()]);

/** A public election: where its ballots are in the folder that is given, its rule, and what was published. */
export const electionSchema = z.strictObject({
  name: z.string().min(1),
  source: z.url(),
  file: z.string().min(1),
  read: z.strictObject({ best: z.enum(['highest', 'lowest']) }).optional(),
  method: z.enum(METHODS.map(({ name }) => name) as [(typeof METHODS)[number]['name']]).optional(),
  strength: z.enum(['winning', 'margins', 'ratio', 'opposition']).optional(),
  unranked: z.enum(['no-opinion', 'last']).optional(),
  without: z.array(z.string()).optional(),
  seats: z.number().int().positive(),
  limit: z
    .strictObject({
      field: z.string(),
      max: z.union([z.number().int(), z.strictObject({ share })]),
      values: z.record(z.string(), z.string()),
    })
    .optional(),
  /** Who was seated, in any order. */
  elected: z.array(z.string()),
  /** The complete ranking, when one was published. */
  ranking: z.array(z.string()).optional(),
  note: z.string().optional(),
});

export type PublicElection = z.infer<typeof electionSchema>;

/** A recount beside what was published; null where the file of ballots is not in the folder. */
export interface Recount {
  readonly election: PublicElection;
  readonly outcome: Outcome;
  readonly seatsAgree: boolean;
  /** Null when no complete ranking was published. */
  readonly rankingAgrees: boolean | null;
}

export async function recount(election: PublicElection, folder: string): Promise<Recount | null> {
  const path = join(folder, election.file);
  if (!existsSync(path)) return null;
  const ballots = withoutNamed(await readBallots(path, election.read ?? {}), election.without ?? []);
  const { method, strength, unranked, seats, limit } = election;
  const options: CountOptions = {
    seats,
    ...(method === undefined ? {} : { method }),
    ...(strength === undefined ? {} : { strength }),
    ...(unranked === undefined ? {} : { unranked }),
    ...(limit === undefined
      ? {}
      : {
          limit: {
            field: limit.field,
            max: limit.max,
            values: new Map(Object.entries(limit.values)),
          },
        }),
  };
  const outcome = count(ballots, options);
  const ours = [...outcome.seats.elected].sort();
  const places = outcome.places.map(({ candidates }) => candidates.join(' = '));
  return {
    election,
    outcome,
    seatsAgree: JSON.stringify(ours) === JSON.stringify([...election.elected].sort()),
    rankingAgrees:
      election.ranking === undefined ? null : JSON.stringify(places) === JSON.stringify(election.ranking),
  };
}

/** The table of docs/archive.md: a row for each recount. */
export function archiveTable(recounts: readonly Recount[]): string {
  const head = ['Election', 'Rule', 'Seats', 'Ballots', 'Published', 'Ours', 'Agrees'];
  const rows = recounts.map(({ election, outcome, seatsAgree, rankingAgrees }) => [
    `[${election.name}](${election.source})`,
    ruleOf(election, outcome),
    String(election.seats),
    String(outcome.counts.cast),
    [...election.elected].sort().join(', '),
    seatsAgree ? 'the same' : [...outcome.seats.elected].sort().join(', '),
    verdict(seatsAgree, rankingAgrees, election.note),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function ruleOf({ limit, strength, unranked, without }: PublicElection, { method }: Outcome): string {
  const words = [METHODS.find(({ name }) => name === method)?.title ?? method];
  if (strength !== undefined) words.push(strength);
  if (unranked !== undefined) words.push(`unranked ${unranked}`);
  if (limit !== undefined) words.push(`at most ${JSON.stringify(limit.max)} for each ${limit.field}`);
  if (without !== undefined) words.push(`without ${without.join(', ')}`);
  return words.join(', ');
}

function verdict(seats: boolean, ranking: boolean | null, note: string | undefined): string {
  const what = seats && ranking !== false ? 'yes' : seats ? 'in the seats, not in the ranking' : 'no';
  const complete = ranking === true ? ', the whole ranking' : '';
  return `${what}${seats ? complete : ''}${note === undefined ? '' : `. ${note}`}`;
}
