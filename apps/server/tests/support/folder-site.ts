import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_SITE, readTree } from '@elekto/election';
import type { Election, SourceFile } from '@elekto/election';
import { buildSite } from '@elekto/site/build';
import { CLOSES, OPENS } from '../../../../packages/ballot-box/tests/support.ts';
import type { World } from '../../../../packages/ballot-box/tests/support.ts';
import { readConfig } from '../../src/config/config.ts';
import { siteData } from '../../src/site/site-snapshot.ts';

const DASHES = '-'.repeat(61);
const utc = (instant: number): string => new Date(instant).toISOString().slice(0, 19).replace('T', ' ');

/** An election.yaml of an election that takes place in the time of the ballot box's tests. */
export const definition = (seats: number, more = '', closes = CLOSES): string =>
  `name: Election\norganization: Example\nstart_datetime: ${utc(OPENS)}\nend_datetime: ${utc(closes)}\nno_winners: ${seats}\n${more}election_officers:\n  - officer\n`;

export const roll = (people: number): string =>
  `eligible_voters:\n${Array.from({ length: people }, (_, i) => `  - voter-${i}\n`).join('')}`;

/** A candidate's file; `employer` as a line of its fields. */
export const profile = (id: string, employer: string | null = null): string =>
  `${DASHES}\nname: Name of ${id}\nID: ${id}\n${employer === null ? '' : `info:\n  - ${employer}\n`}${DASHES}\n\nHello.\n`;

/** What somebody reads in a page, without its markup. */
export const plain = (html: string): string =>
  html
    .replace(/<(script|style).*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .trim();

/** Elections in a folder of files, their ballots in a box, and the pages made of both. */
export class FolderSite {
  readonly meta: string;
  readonly #base: string;
  readonly #world: World;

  constructor(base: string, world: World) {
    this.#base = base;
    this.#world = world;
    this.meta = join(base, 'meta');
  }

  read(folder: string): Election {
    const files: SourceFile[] = readdirSync(join(this.meta, folder)).map((name) => ({
      path: `${folder}/${name}`,
      text: readFileSync(join(this.meta, folder, name), 'utf8'),
    }));
    const election = readTree('elections', files).elections[0]?.election;
    if (!election) throw new Error(`${folder} cannot be read`);
    return election;
  }

  /** Writes files, or with null removes one. */
  write(folder: string, files: Readonly<Record<string, string | null>>): Election {
    mkdirSync(join(this.meta, folder), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      if (text === null) rmSync(join(this.meta, folder, name));
      else writeFileSync(join(this.meta, folder, name), text);
    }
    return this.read(folder);
  }

  /** Builds the pages of what the server tells the site; a function that reads one of them. */
  async build(name: string, elections: readonly Election[]): Promise<(path: string) => string> {
    const outDir = join(this.#base, name);
    const { box, clock } = this.#world;
    const snapshot = {
      commit: 'c'.repeat(40),
      elections: new Map(
        elections.map((election) => [election.key, { election, diagnostics: [], staleSince: null }]),
      ),
      resultsKeys: [],
      site: NO_SITE,
    };
    const { config } = readConfig({
      ELEKTO_URL: 'https://vote.example.org',
      ELEKTO_NAME: 'Faces',
      ELEKTO_META: this.meta,
      ELEKTO_DATA_DIR: join(this.#base, 'data'),
      ELEKTO_SIGN_IN_CLIENT_ID: 'app',
      ELEKTO_SIGN_IN_CLIENT_SECRET: 'secret of the app',
    });
    const data = await siteData(
      { snapshot, troubles: { of: () => null } } as unknown as Parameters<typeof siteData>[0],
      {
        config,
        box,
        standings: await box.standings(),
        now: clock.now + 1000,
      },
    );
    const dataFile = join(this.#base, `${name}.json`);
    writeFileSync(dataFile, JSON.stringify(data));
    await buildSite({ dataFile, outDir });
    return (path) => readFileSync(join(outDir, path), 'utf8');
  }
}
