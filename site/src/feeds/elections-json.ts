/** `/elections.json`: the public facts of every election for programs, described by `/elections.schema.json`. */
import { agreedOutcome, electedIn, openTiesIn, resultWord } from '@elekto/protocol/published';
import type { PreparedElection, SiteData } from '../data/prepared.ts';
import { iso } from '../time.ts';

/** One election in `/elections.json`. */
function entry(data: SiteData, election: PreparedElection) {
  const page = `${data.siteOrigin}/elections/${election.key}/`;
  return {
    key: election.key,
    name: election.name,
    organization: election.organization,
    status: election.status,
    url: page,
    opensAt: iso(election.opensAt),
    closesAt: iso(election.closesAt),
    exceptionsDueAt: iso(election.exceptionsDueAt),
    seats: election.seats,
    method: election.method,
    counting: election.counting,
    limit: election.limit,
    limitValues: election.limitValues,
    edition: election.edition,
    houseRules: election.houseRules,
    groupValues: election.groupValues,
    allowNoOpinion: election.allowNoOpinion,
    officers: election.officers,
    custody: election.custody,
    boxes: election.boxes,
    eligible: election.eligible,
    cast: election.cast,
    result: resultWord(election.published),
    closedAt: election.closedAt === null ? null : iso(election.closedAt),
    drift: election.drift.map(({ code }) => code),
    candidates: election.candidates.map(({ id, name, slug, fields, standing }) => ({
      id,
      name,
      url: slug === '' ? null : `${page}candidates/${slug}/`,
      standing,
      fields: Object.fromEntries(fields.map((field) => [field.name, field.value])),
    })),
    results:
      election.status === 'results'
        ? {
            url: `${page}results/`,
            ballotsCsv: election.ballotsCsv === null ? null : `${page}ballots.csv`,
            resultsJson: election.resultsJson === null ? null : `${page}results.json`,
            publicKey: election.resultKey,
            trustedKeys: data.resultsKeys.map(({ key, server, from, until }) => ({
              key,
              server,
              from: from === null ? null : iso(from),
              until: until === null ? null : iso(until),
            })),
            elected: electedIn(election.published),
            openTies: openTiesIn(election.published),
            places: agreedOutcome(election.published)?.places ?? null,
          }
        : null,
  };
}

/** One election as a program reads it. */
export type ElectionEntry = ReturnType<typeof entry>;

/** The file's value. */
export function electionsJson(data: SiteData) {
  return {
    $schema: `${data.siteOrigin}/elections.schema.json`,
    organisation: data.organisation.name,
    commit: data.commit,
    generatedAt: iso(data.generatedAt),
    elections: data.elections.map((election) => entry(data, election)),
  };
}

/** Of the elections that are the same objects as before what they say is not written again. */
const written = new WeakMap<PreparedElection, { readonly of: string; readonly bytes: Buffer }>();

/** The file: its value as JSON, with a space for each level. */
export function electionsFile(data: SiteData): Buffer {
  // What else an entry is made of.
  const of = JSON.stringify([data.siteOrigin, data.resultsKeys]);
  const entries = data.elections.flatMap((election, at) => {
    let known = written.get(election);
    if (known?.of !== of) {
      const own = JSON.stringify(entry(data, election), null, 1);
      const bytes = Buffer.from(`  ${own.replaceAll('\n', '\n  ')}`);
      written.set(election, (known = { of, bytes }));
    }
    return at === 0 ? [known.bytes] : [BETWEEN, known.bytes];
  });
  const all = JSON.stringify(electionsJson({ ...data, elections: [] }), null, 1);
  if (entries.length === 0) return Buffer.from(`${all}\n`);
  const begin = Buffer.from(`${all.slice(0, all.lastIndexOf(']'))}\n`);
  return Buffer.concat([begin, ...entries, END]);
}

const BETWEEN = Buffer.from(',\n');
const END = Buffer.from('\n ]\n}\n');

const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };
const instant = { type: 'string', format: 'date-time' };
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const object = (properties: Record<string, object>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: true,
});

/** JSON Schema (2020-12) of `/elections.json`. New properties may come; none of these goes. */
export const ELECTIONS_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Elections',
  ...object({
    $schema: text,
    organisation: text,
    commit: text,
    generatedAt: instant,
    elections: {
      type: 'array',
      items: object({
        key: text,
        name: text,
        organization: text,
        status: { enum: ['upcoming', 'open', 'ended', 'results'] },
        url: text,
        opensAt: instant,
        closesAt: instant,
        exceptionsDueAt: instant,
        seats: whole,
        method: text,
        counting: object({
          method: text,
          strength: text,
          unranked: text,
          secondary: { type: 'boolean' },
          order: text,
        }),
        limit: orNull(object({ field: text, max: whole })),
        limitValues: orNull({ type: 'object', additionalProperties: text }),
        edition: whole,
        houseRules: orNull({ type: 'object' }),
        groupValues: orNull({ type: 'object', additionalProperties: text }),
        allowNoOpinion: { type: 'boolean' },
        officers: { type: 'array', items: text },
        custody: orNull(object({ officers: { type: 'array', items: text }, threshold: whole })),
        boxes: { type: 'array', items: object({ hash: text, manifestHash: text }) },
        eligible: whole,
        cast: orNull(whole),
        result: {
          enum: ['none', 'waiting', 'pending', 'signed', 'recounted', 'superseded', 'disputed', 'report'],
        },
        closedAt: orNull(instant),
        drift: { type: 'array', items: text },
        candidates: {
          type: 'array',
          items: object({
            id: text,
            name: text,
            url: orNull(text),
            standing: { enum: ['standing', 'late', 'gone', 'withdrawn'] },
            fields: { type: 'object', additionalProperties: text },
          }),
        },
        results: orNull(
          object({
            url: text,
            ballotsCsv: orNull(text),
            resultsJson: orNull(text),
            publicKey: orNull(text),
            trustedKeys: {
              type: 'array',
              items: object({ key: text, server: text, from: orNull(instant), until: orNull(instant) }),
            },
            elected: orNull({ type: 'array', items: text }),
            openTies: orNull({
              type: 'array',
              items: {
                ...object({ candidates: { type: 'array', items: text }, seats: whole, term: text }),
                required: ['candidates', 'seats'],
              },
            }),
            places: orNull({
              type: 'array',
              items: object({
                place: { type: 'integer', minimum: 1 },
                candidates: { type: 'array', items: text },
              }),
            }),
          }),
        ),
      }),
    },
  }),
};
