/** `/bodies.json`: bodies across years for programs, described by `/bodies.schema.json`. */
import { openTiesIn, resultWord } from '@elekto/protocol/published';
import type { Body } from '../data/bodies.ts';
import type { SiteData } from '../data/prepared.ts';
import { iso } from '../time.ts';

/** The file's value. */
export function bodiesJson(data: SiteData, bodies: readonly Body[]) {
  const page = (key: string): string => `${data.siteOrigin}/elections/${key}/`;
  return {
    $schema: `${data.siteOrigin}/bodies.schema.json`,
    organisation: data.organisation.name,
    commit: data.commit,
    generatedAt: iso(data.generatedAt),
    bodies: bodies.map(({ name, slug, terms, serving, unknown }) => ({
      name,
      url: `${data.siteOrigin}/bodies/${slug}/`,
      serving: serving.map(({ candidate, election, until }) => ({
        id: candidate.id,
        name: candidate.name,
        election: election.key,
        until: iso(until),
      })),
      unknown: unknown.map(({ election }) => election.key),
      elections: terms.map(({ election, elected, endsAt }) => ({
        key: election.key,
        name: election.name,
        url: page(election.key),
        closesAt: iso(election.closesAt),
        seats: election.seats,
        status: election.status,
        result: resultWord(election.published),
        elected: elected && elected.map((each) => ({ id: each.id, name: each.name })),
        openTies: openTiesIn(election.published),
        termEndsAt: endsAt === null ? null : iso(endsAt),
      })),
    })),
  };
}

const text = { type: 'string' };
const instant = { type: 'string', format: 'date-time' };
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const list = (items: object) => ({ type: 'array', items });
const object = (properties: Record<string, object>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: true,
});

/** JSON Schema (2020-12) of `/bodies.json`. New properties may come; none of these goes. */
export const BODIES_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Bodies',
  ...object({
    $schema: text,
    organisation: text,
    commit: text,
    generatedAt: instant,
    bodies: list(
      object({
        name: text,
        url: text,
        serving: list(object({ id: text, name: text, election: text, until: instant })),
        unknown: list(text),
        elections: list(
          object({
            key: text,
            name: text,
            url: text,
            closesAt: instant,
            seats: { type: 'integer', minimum: 0 },
            status: { enum: ['upcoming', 'open', 'ended', 'results'] },
            result: text,
            elected: orNull(list(object({ id: text, name: text }))),
            openTies: orNull(
              list({
                ...object({ candidates: list(text), seats: { type: 'integer', minimum: 1 }, term: text }),
                required: ['candidates', 'seats'],
              }),
            ),
            termEndsAt: orNull(instant),
          }),
        ),
      }),
    ),
  }),
};
