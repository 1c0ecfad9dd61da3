/**
 * A site that was made of the one before and what has changed is, byte for byte, what a whole build makes of the same data:
 * after random edits. `ELEKTO_SITE_EDITS=200 npm run vitest -- run site/tests/incremental.test.ts` makes more of them,
 * `ELEKTO_SITE_SEED` others.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phaseAt } from '@elekto/election';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleSnapshot } from '../e2e/built-site.ts';
import { INDEX_FILE } from '../src/data/model.ts';
import type { SiteElection, SiteIndex, SiteSnapshot } from '../src/data/model.ts';
import { SITE_ROOT } from '../src/build/paths.ts';
import { openSiteRenderer } from '../src/build/site-renderer.ts';
import type { SiteRenderer } from '../src/build/site-renderer.ts';

const EDITS = Number(process.env['ELEKTO_SITE_EDITS'] || 12);
const SEED = Number(process.env['ELEKTO_SITE_SEED'] ?? 20261126);
const HOUR = 3_600_000;

/** Mulberry32. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

let base: string;
let step: SiteRenderer;
let whole: SiteRenderer;
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'elekto-incremental-'));
  // That of all tests, so that bundles are made once.
  const cache = join(SITE_ROOT, 'node_modules/.cache/elekto-site');
  step = await openSiteRenderer(cache);
  whole = await openSiteRenderer(cache);
});
afterAll(async () => {
  await step?.close();
  await whole?.close();
  rmSync(base, { recursive: true, force: true });
});

const told = () => undefined;

/** Every file of a site by its name, wherever its index says that it lies. */
function filesOf(dir: string): Map<string, string> {
  const index = JSON.parse(readFileSync(join(dir, INDEX_FILE), 'utf8')) as SiteIndex;
  return new Map(
    index.parts
      .flatMap(({ files, folderOf }) =>
        files.map((name, at): [string, string] => {
          const place = index.folders[folderOf[at] ?? 0] || dir.slice(base.length + 1);
          return [name, readFileSync(join(base, place, name), 'base64')];
        }),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

type Edit = (snapshot: SiteSnapshot, below: (n: number) => number) => SiteSnapshot;

/** Changes one of the elections. */
const toElection =
  (change: (election: SiteElection, below: (n: number) => number) => SiteElection): Edit =>
  (snapshot, below) => {
    const at = below(snapshot.elections.length);
    return { ...snapshot, elections: snapshot.elections.map((e, i) => (i === at ? change(e, below) : e)) };
  };

const person = (id: string, folder: string): SiteElection['candidates'][number] => ({
  id,
  name: `Name of ${id}`,
  fields: [{ name: 'employer', value: 'Pier' }],
  bio: 'New, as [the election](./election_desc.md) says.',
  file: `${folder}/candidate-${id}.md`,
});

/** Elections that broke, as they were, until they are mended. */
const broken: SiteElection[] = [];

/** What happens in a repository, by the clock, and to a server's settings. */
const EDITS_BY_NAME: Readonly<Record<string, Edit>> = {
  // Moments pass that nothing in the elections tells of.
  'the clock alone goes on': (snapshot, below) => ({
    ...snapshot,
    generatedAt: snapshot.generatedAt + (240 + below(240)) * HOUR,
  }),
  'a description is changed': toElection((e, below) => ({
    ...e,
    description: `${e.description}\n\nSee [a file](./candidate-late-${below(3)}.md), [outside](../../x.md) and **${below(99)}**.\n`,
  })),
  'a candidate joins': toElection((e, below) => {
    const id = `late-${below(3)}`;
    if (e.candidates.some((each) => each.id === id)) return e;
    return { ...e, candidates: [...e.candidates, person(id, e.folder)] };
  }),
  'a candidate leaves': toElection((e, below) => ({
    ...e,
    candidates: e.candidates.filter((_, i) => i !== below(e.candidates.length)),
  })),
  'a profile is changed': toElection((e, below) => ({
    ...e,
    candidates: e.candidates.map((c, i) => (i === 0 ? { ...c, bio: `${c.bio}\n\nMore ${below(99)}.` } : c)),
  })),
  'an election is renamed': toElection((e, below) => ({ ...e, name: `${e.name} ${below(9)}` })),
  'its folder is renamed': toElection((e, below) => ({
    ...e,
    key: `${e.key}-${below(99)}`,
    folder: `${e.folder}-${below(99)}`,
  })),
  'its body is named': toElection((e, below) => ({
    ...e,
    body: ['Steering Committee', 'Board', 'Team'][below(3)] ?? '',
  })),
  'a result is published or taken back': toElection((e) => ({
    ...e,
    results: e.results === null ? '# Result\n\nThe winners.' : null,
  })),
  'ballots are taken out': toElection((e) => ({ ...e, ballotsCsv: null, resultsJson: null })),
  'people join the roll': toElection((e, below) => ({ ...e, eligible: (e.eligible ?? 0) + below(5) })),
  'an election breaks': (snapshot, below) => {
    const at = below(snapshot.elections.length);
    const chosen = snapshot.elections[at];
    if (!chosen || snapshot.elections.length < 3) return snapshot;
    broken.push(chosen);
    return {
      ...snapshot,
      elections: snapshot.elections.filter((_, i) => i !== at),
      unreadable: [...(snapshot.unreadable ?? []), { key: chosen.key, diagnostics: [] }],
    };
  },
  'an election is mended': (snapshot) => {
    const mended = broken.pop();
    if (!mended || snapshot.elections.some(({ key }) => key === mended.key)) return snapshot;
    const unreadable = (snapshot.unreadable ?? []).filter(({ key }) => key !== mended.key);
    return { ...snapshot, elections: [...snapshot.elections, mended], unreadable };
  },
  'an election is removed': (snapshot, below) => {
    const at = below(snapshot.elections.length);
    if (snapshot.elections.length < 4) return snapshot;
    return { ...snapshot, elections: snapshot.elections.filter((_, i) => i !== at) };
  },
  'the order of elections changes': (snapshot) => ({
    ...snapshot,
    elections: snapshot.elections.toReversed(),
  }),
  'an election is added': (snapshot, below) => {
    const model = snapshot.elections[below(snapshot.elections.length)];
    const name = `new-${below(1000)}`;
    if (!model || snapshot.elections.some(({ key }) => key === name)) return snapshot;
    const { body: _body, ...rest } = model;
    return {
      ...snapshot,
      elections: [...snapshot.elections, { ...rest, key: name, folder: `elections/${name}` }],
    };
  },
  'time passes': (snapshot, below) => {
    const now = snapshot.generatedAt + below(24 * 60) * HOUR;
    return {
      ...snapshot,
      generatedAt: now,
      elections: snapshot.elections.map((e) => ({
        ...e,
        phase: phaseAt(e, now),
        exceptionsOver: now > e.exceptionsDueAt,
      })),
    };
  },
  'the organisation is renamed': (snapshot, below) => ({
    ...snapshot,
    organisation: { ...snapshot.organisation, name: `Driftwood ${below(9)}` },
  }),
  'the colour is changed': (snapshot, below) => ({
    ...snapshot,
    organisation: { ...snapshot.organisation, accent: `#${below(10)}${below(10)}b` },
  }),
  'the logo is changed': (snapshot, below) => ({
    ...snapshot,
    organisation: {
      ...snapshot.organisation,
      logo: `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${below(9)} 9"/>`)}`,
    },
  }),
  'the repository moves': (snapshot, below) => ({
    ...snapshot,
    sourceUrl: below(2) === 0 ? null : `https://git.example/${below(9)}`,
  }),
};

describe('a site made of the one before', () => {
  it(
    `is what a whole build makes of the same data, after each of ${EDITS} random edits`,
    async () => {
      const below = randomFrom(SEED);
      const names = Object.keys(EDITS_BY_NAME);
      let snapshot = await exampleSnapshot();
      let before: string | null = null;
      let reused = 0;
      for (let round = 0; round <= EDITS; round += 1) {
        // Each kind in turn first, then any.
        const name = (round <= names.length ? names[round - 1] : names[below(names.length)]) ?? 'nothing';
        snapshot = EDITS_BY_NAME[name]?.(snapshot, below) ?? snapshot;
        snapshot = { ...snapshot, commit: round.toString(16).padStart(40, '0') };
        const [outDir, full] = [join(base, `step-${round}`), join(base, `whole-${round}`)];
        const { made } = await step.render({ snapshot, outDir, before, indexed: true, told });
        await whole.render({ snapshot, outDir: full, before: null, indexed: true, told });
        const [mine, theirs] = [filesOf(outDir), filesOf(full)];
        const what = `round ${round} of seed ${SEED}: ${name}`;
        expect([...mine.keys()], what).toEqual([...theirs.keys()]);
        expect(
          [...theirs].filter(([file, text]) => mine.get(file) !== text).map(([file]) => file),
          what,
        ).toEqual([]);
        if (before !== null) reused += theirs.size - made;
        before = outDir;
        rmSync(full, { recursive: true });
      }
      expect(reused, 'files that stayed where they were').toBeGreaterThan(EDITS * 20);
    },
    120_000 + EDITS * 10_000,
  );

  it('lets its process send and hear between pages', async () => {
    let turns = 0;
    const count = setInterval(() => (turns += 1), 1);
    const seen: number[] = [];
    await step.render({
      snapshot: await exampleSnapshot(),
      outDir: join(base, 'turns'),
      before: null,
      indexed: true,
      told: (file) => file.endsWith('.html') && seen.push(turns),
    });
    clearInterval(count);
    expect(new Set(seen).size).toBeGreaterThan(3);
  });

  it('makes nothing anew but what tells of the commit when nothing else has changed', async () => {
    const snapshot = await exampleSnapshot();
    const first = join(base, 'same-1');
    await step.render({ snapshot, outDir: first, before: null, indexed: true, told });
    const outDir = join(base, 'same-2');
    const next = { ...snapshot, commit: 'f'.repeat(40) };
    const seen: string[] = [];
    await step.render({
      snapshot: next,
      outDir,
      before: first,
      indexed: true,
      told: (file) => seen.push(file),
    });
    expect(seen.sort()).toEqual([
      'bodies.json',
      'de/elections/index.html',
      'de/index.html',
      'elections.json',
      'elections/index.html',
      'index.html',
    ]);
  });
});
