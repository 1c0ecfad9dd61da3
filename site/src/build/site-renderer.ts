/** Renders sites, one after the other, in one process that keeps what it has learnt from the last. */
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { keptBy } from '../data/kept-by.ts';
import type { SiteSnapshot } from '../data/model.ts';
import type { SiteData } from '../data/prepared.ts';
import { beginRendering } from '../data/rendering.ts';
import type { Rendering } from '../data/rendering.ts';
import { accentTokens } from './accent.ts';
import { boundedRenderer } from './bounded-render.ts';
import { extraFiles, sitemapMaker } from './extras.ts';
import type { FileTask } from './extras.ts';
import { Facts } from './facts.ts';
import { prepareIslands } from './islands.ts';
import type { Islands } from './islands.ts';
import { loadRenderer } from './load-renderer.ts';
import { logoFile } from './logo.ts';
import { openMarkdownCache } from './markdown-cache.ts';
import type { MarkdownCache } from './markdown-cache.ts';
import { WORKSPACE_ROOT } from './paths.ts';
import { prepareSnapshot } from './prepare.ts';
import type { KeptElections } from './prepare.ts';
import { Indexes, IndexWriter, KnownFiles } from './site-index.ts';
import type { Draft } from './site-index.ts';
import { fileWriter } from './write-files.ts';

export interface RenderJob {
  readonly snapshot: SiteSnapshot;
  /** Does not exist yet, or is replaced. */
  readonly outDir: string;
  /** The site before, in a folder beside `outDir`: what is as it was stays there. Null renders everything. */
  readonly before: string | null;
  /** Leaves `.site.json` in `outDir`, from which the next site can be made. */
  readonly indexed: boolean;
  /** Told before each file that is made: how many are there already, of how many. */
  readonly told: (file: string, made: number, of: number) => void;
}

export interface RenderReport {
  readonly pages: number;
  /** Files that were made anew. */
  readonly made: number;
}

/** The stylesheet with the organisation's colours. */
async function styled(islands: Islands, accent: string | null): Promise<{ name: string; css: string }> {
  const css = await readFile(join(islands.dir, islands.css), 'utf8');
  const tokens = accent === null ? null : accentTokens(accent);
  if (!tokens) return { name: islands.css, css };
  const own = `:root{--accent-light:${tokens.light};--on-accent-light:${tokens.onLight};--accent-dark:${tokens.dark};--on-accent-dark:${tokens.onDark}}`;
  const whole = css + own;
  const name = `/_assets/site-${createHash('sha256').update(whole).digest('hex').slice(0, 8)}.css`;
  return { name, css: whole };
}

/** The renderer's sources name the cache: a change of it renders everything anew. */
async function markdownVersion(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['markdown.ts', 'markdown-limits.ts', 'markdown-plugins.ts'])
    hash.update(await readFile(join(WORKSPACE_ROOT, 'packages/election/src', file)).catch(() => ''));
  return hash.digest('hex').slice(0, 12);
}

/** Ms after which what is told is let out: pages alone give the process no rest, and it would seem to hang. */
const LONGEST_TURN = 10;

/** A site that lies in more folders than this is made anew. */
const MOST_FOLDERS = 100;

export interface SiteRenderer {
  /** Rejects when a page does not render; `outDir` is then as it was. */
  render(job: RenderJob): Promise<RenderReport>;
  /** Writes what may be of use to a renderer to come; where it cannot, that one does without. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Bundles what has to be and loads it; `cacheDir` keeps bundles, rendered Markdown and share cards. */
export async function openSiteRenderer(cacheDir: string): Promise<SiteRenderer> {
  const islands = await prepareIslands(cacheDir);
  const version = basename(islands.dir);
  const pages = await loadRenderer(islands.dir);
  const markdown = boundedRenderer();
  const texts: MarkdownCache = await openMarkdownCache(
    join(cacheDir, 'markdown.json'),
    await markdownVersion(),
    markdown.render,
  );
  const kept: KeptElections = new Map();
  const extras = extraFiles(cacheDir);
  const filesOf = keptBy((election): readonly FileTask[] => [
    ...pages.electionTasks(election),
    ...extras.ofElection(election),
  ]);
  const sitemap = sitemapMaker();
  const indexes = new Indexes();

  async function prepare(snapshot: SiteSnapshot): Promise<{ data: SiteData; assets: FileTask[] }> {
    const { organisation } = snapshot;
    const late = markdown.late;
    const prepared = await prepareSnapshot(snapshot, texts.render, { kept, late: () => markdown.late });
    if (markdown.late > late)
      console.warn(`${markdown.late - late} texts took too long to render and are shown as written.`);
    const style = await styled(islands, organisation.accent);
    const logo = logoFile(organisation.logo);
    const assets = (await readdir(join(islands.dir, '_assets'))).map((name) => ({
      file: `_assets/${name}`,
      of: [],
      render: () => readFile(join(islands.dir, '_assets', name)),
    }));
    // Their names hold a hash of what they say.
    const named = [
      { file: style.name.slice(1), of: [], render: () => style.css },
      ...(logo ? [{ file: logo.name.slice(1), of: [], render: () => logo.bytes }] : []),
    ];
    const own = new Set(named.map(({ file }) => file));
    return {
      data: {
        ...prepared,
        organisation: { ...organisation, logoFile: logo?.name ?? null },
        islands,
        css: style.name,
      },
      assets: [...assets.filter(({ file }) => !own.has(file)), ...named],
    };
  }

  return {
    async render({ snapshot, outDir, before, indexed, told }) {
      if (before === null) kept.clear();
      texts.begin();
      markdown.begin();
      const { data, assets } = await prepare(snapshot);
      const rendering = beginRendering(data);
      const digests = new Map(data.elections.map(({ key }) => [key as string, kept.get(key)?.digest ?? '']));
      const ofNone: FileTask[] = [...pages.pageTasks(), ...extras.ofNone(data, rendering.bodies), ...assets];
      const ofElections = data.elections.map((election) => ({ of: election.key, files: filesOf(election) }));
      const all = sitemap([{ of: '', files: ofNone }, ...ofElections], data.siteOrigin);
      const list: FileTask = { file: 'sitemap.txt', of: ['order:pages'], render: () => all.text };
      const facts = new Facts({ data, rendering, elections: digests, pages: all.digest });
      const known = before === null ? null : await knownFiles(indexes, before, version, facts);
      const index = new IndexWriter(known);
      const made: { readonly part: Draft; readonly at: number; readonly task: FileTask }[] = [];
      for (const group of [{ of: '', files: [...ofNone, list] }, ...ofElections]) {
        const whole = known?.whole(group);
        if (whole) {
          index.keepPart(whole);
          continue;
        }
        const part = index.begin(group);
        const reuse = known?.oneByOne(group);
        for (const [at, task] of group.files.entries()) {
          const place = reuse?.(task, at);
          if (place) index.keep(part, at, place);
          else made.push({ part, at, task });
        }
      }
      const draft = `${outDir}.work-${process.pid}`;
      await rm(draft, { recursive: true, force: true });
      try {
        const writer = fileWriter(draft, made.length);
        let turn = performance.now();
        try {
          for (const [nth, { part, at, task }] of made.entries()) {
            if (performance.now() - turn > LONGEST_TURN) {
              await setImmediate();
              turn = performance.now();
            }
            told(task.file, nth, made.length);
            const { content, reads } = await make(task, data, rendering);
            await writer.write(task.file, content);
            index.add(part, at, reads);
          }
          await writer.finish();
        } finally {
          await writer.close();
        }
        if (indexed) {
          const whole = index.finish(version, data.generatedAt, (fact) => facts.valueOf(fact));
          await indexes.write(draft, whole);
        }
        await rm(outDir, { recursive: true, force: true });
        await rename(draft, outDir);
        return { pages: all.pages, made: made.length };
      } finally {
        await rm(draft, { recursive: true, force: true });
      }
    },
    settle: () => texts.save().catch(() => undefined),
    close: () => markdown.close(),
  };
}

/** The file, and the facts that it turned out to be made of. */
async function make(
  task: FileTask,
  data: SiteData,
  rendering: Rendering,
): Promise<{ content: string | Uint8Array; reads: ReadonlySet<string> }> {
  const reads = new Set(task.of);
  rendering.reads = reads;
  try {
    return { content: await task.render(data), reads };
  } finally {
    rendering.reads = null;
  }
}

/** What can be had of the site in `dir`; null when all is to be made anew. */
async function knownFiles(
  indexes: Indexes,
  dir: string,
  version: string,
  facts: Facts,
): Promise<KnownFiles | null> {
  const site = await indexes.read(dir, version);
  if (!site) return null;
  const known = new KnownFiles(site, basename(dir), (fact) => facts.valueOf(fact));
  return known.folders > MOST_FOLDERS || known.isWorn ? null : known;
}
