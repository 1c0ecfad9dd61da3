/// <reference types="vite/client" />
/**
 * The pages as Astro compiled them, rendered one by one. Bundled once for each state of the sources by src/build/renderer.ts,
 * and imported from there.
 */
import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import type { Body } from '../data/bodies.ts';
import type { PreparedElection } from '../data/prepared.ts';
import type { ElectionPaths } from '../paths.ts';

interface StaticPath {
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly props: Record<string, unknown>;
}

interface PageModule {
  readonly default: AstroComponentFactory;
  readonly getStaticPaths?: (() => readonly StaticPath[]) & Partial<ElectionPaths<StaticPath>>;
}

/** A page that is to be. */
export interface PageTask {
  /** File below the folder of the site, `elections/a/index.html`. */
  readonly file: string;
  /** The facts that it is made of beside those that it reads: see `facts.ts`. */
  readonly of: readonly string[];
  /** The page as HTML. */
  render(): Promise<string>;
}

const modules = import.meta.glob<PageModule>('../pages/**/*.astro', { eager: true });

type Params = StaticPath['params'];

/** From the parameters of a page of `[...lang]/elections/[key]/index` to its file. */
function fileOf(route: string): (params: Params) => string {
  const parts = route.split('/').map((part) => {
    const name = /^\[(?:\.\.\.)?(\w+)\]$/.exec(part)?.[1];
    if (name === undefined && part.includes('[')) throw new Error(`A page has the name "${part}" in part.`);
    return name === undefined ? () => part : (params: Params) => params[name] ?? '';
  });
  const last = route.split('/').at(-1);
  if (last === '404') return () => '404.html';
  const folders = last === 'index' ? parts.slice(0, -1) : parts;
  return (params) => {
    let file = '';
    for (const part of folders) {
      const text = part(params);
      if (text !== '') file += `${text}/`;
    }
    return `${file}index.html`;
  };
}

/** A container keeps a route of every page that it has rendered, and looks through all of them for the next one. */
const PAGES_OF_A_CONTAINER = 50;
let container = AstroContainer.create();
let rendered = 0;

function nextContainer(): typeof container {
  if (rendered === PAGES_OF_A_CONTAINER) {
    container = AstroContainer.create();
    rendered = 0;
  }
  rendered += 1;
  return container;
}

/** What `getStaticPaths` hands to a page, as facts. */
function factsOf(props: StaticPath['props']): string[] {
  return Object.entries(props).flatMap(([name, value]) => {
    switch (name) {
      case 'election':
        return [`election:${(value as PreparedElection).key}`];
      case 'body':
        return [`body:${(value as Body).slug}`];
      // The language is part of the address, and so is the candidate of an election.
      case 'lang':
      case 'candidate':
        return [];
      default:
        throw new Error(`A page is given "${name}", of which nobody can tell when it changes.`);
    }
  });
}

async function render(
  page: AstroComponentFactory,
  { params, props }: StaticPath,
  file: string,
): Promise<string> {
  const request = new Request(`https://site.invalid/${file.replace(/index\.html$/, '')}`);
  const options = { props, params: { ...params } as Record<string, string | undefined>, request };
  return (await nextContainer()).renderToString(page, { ...options, partial: false });
}

/** Makes a page of an address. */
function taskWith(path: string, module: PageModule): (at: StaticPath) => PageTask {
  const fileWith = fileOf(path.replace(/^.*\/pages\//, '').replace(/\.astro$/, ''));
  return (at) => {
    const file = fileWith(at.params);
    return { file, of: factsOf(at.props), render: () => render(module.default, at, file) };
  };
}

const byModule = Object.entries(modules).map(([path, module]) => ({
  paths: module.getStaticPaths ?? (() => [{ params: {}, props: {} }]),
  ofElection: module.getStaticPaths?.ofElection,
  taskOf: taskWith(path, module),
}));

/** Every page of the site that is being rendered but those of single elections. */
export const pageTasks = (): PageTask[] =>
  byModule.flatMap(({ paths, ofElection, taskOf }) => (ofElection ? [] : paths().map(taskOf)));

/** Every page of an election. */
export const electionTasks = (election: PreparedElection): PageTask[] =>
  byModule.flatMap(({ ofElection, taskOf }) => ofElection?.(election).map(taskOf) ?? []);
