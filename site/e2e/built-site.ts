/** The example organisation's site, built once for a test file, with every state an election can be in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSite } from '../build.ts';
import { snapshotOfFolder } from '../dev-data.ts';
import type { SiteSnapshot } from '../src/data/model.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/driftwood', import.meta.url));

/** A pattern of the organisation's own, as a data URI: a logo that needs no file. */
const LOGO =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 7c3-3 4 1 10-3v6H0z" fill="#0b6b62"/></svg>',
  );

/** Open, upcoming, over without a result, result as text only, result with ballots, a tie, an unreadable folder. */
export async function exampleSnapshot(now = Date.parse('2026-06-01T12:00:00Z')): Promise<SiteSnapshot> {
  const base = await snapshotOfFolder(EXAMPLE, 'elections', now);
  const done = base.elections.find((e) => e.key === 'steering---term-3');
  if (!done) throw new Error('the example has no third term');
  const ids = done.candidates.map((c) => c.id);
  const row = (ranks: readonly (number | string)[]) => ranks.join(',');
  const tied = [
    ids.join(','),
    row(ids.map((_, i) => i + 1)),
    row(ids.map((_, i) => (i === 0 ? 2 : i === 1 ? 1 : i + 1))),
    row(ids.map(() => 'No opinion')),
  ].join('\n');
  // Trials of states, which are no years of a body.
  const { body: _body, term: _term, ...alone } = done;
  return {
    ...base,
    organisation: { ...base.organisation, logo: LOGO },
    siteOrigin: 'https://elections.driftwood.example',
    elections: [
      ...base.elections,
      {
        ...alone,
        key: 'tie',
        name: 'A tie for the chair',
        seats: 1,
        ballotsCsv: `${tied}\n`,
        results: null,
        representationLimit: null,
      },
      {
        ...alone,
        key: 'rounds',
        name: 'Two seats, counted in rounds',
        counting: { ...done.counting, method: 'scottish-stv' },
        representationLimit: null,
        results: null,
      },
      {
        ...alone,
        key: 'text-only',
        name: 'Archive election, result as text',
        ballotsCsv: null,
        candidates: done.candidates.slice(0, 1),
      },
      {
        ...alone,
        key: 'no-result',
        name: 'Over, not yet published',
        ballotsCsv: null,
        results: null,
        candidates: done.candidates.slice(0, 1),
        state: 'finalised',
        cast: 31,
      },
      { ...alone, key: 'stale', name: 'Shown in an older version', stale: true, candidates: [] },
    ],
    unreadable: [{ key: 'broken', diagnostics: [] }],
  };
}

export interface BuiltSite {
  readonly dir: string;
  remove(): void;
}

export async function buildExample(snapshot?: SiteSnapshot): Promise<BuiltSite> {
  const base = mkdtempSync(join(tmpdir(), 'elekto-built-'));
  await writeFile(join(base, 'data.json'), JSON.stringify(snapshot ?? (await exampleSnapshot())));
  await buildSite({ dataFile: join(base, 'data.json'), outDir: join(base, 'site') });
  return { dir: join(base, 'site'), remove: () => rmSync(base, { recursive: true, force: true }) };
}
