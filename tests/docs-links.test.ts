/** What the documents name is there: files, headings, commands, metrics, lines of the log. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
/** What is made or installed, and nobody's to mend. */
const SKIPPED = /^(node_modules|dist|out|artifacts|test-results|coverage|\..+)$/;

function filesBelow(dir: string, ending: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.test(entry.name)) return [];
    const path = join(dir, entry.name);
    return entry.isDirectory() ? filesBelow(path, ending) : entry.name.endsWith(ending) ? [path] : [];
  });
}

interface Node {
  readonly type: string;
  readonly url?: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

/** The parser with which the site reads Markdown. */
const parse = await (async (): Promise<(text: string) => Node> => {
  const { resolve } = createRequire(join(root, 'packages/election/package.json'));
  const load = (name: string): Promise<Record<string, unknown>> =>
    import(pathToFileURL(resolve(name)).href) as Promise<Record<string, unknown>>;
  const { unified } = (await load('unified')) as unknown as {
    unified(): { use(plugin: unknown): { use(plugin: unknown): { parse(text: string): Node } } };
  };
  const [markdown, tables] = await Promise.all([load('remark-parse'), load('remark-gfm')]);
  const processor = unified().use(markdown['default']).use(tables['default']);
  return (text) => processor.parse(text);
})();

const nodes = (tree: Node): Node[] => [tree, ...(tree.children ?? []).flatMap(nodes)];
const plain = (tree: Node): string =>
  nodes(tree)
    .map(({ value = '' }) => value)
    .join('');

/** The names of headings in links, as GitHub makes them: the second of a name gets `-1`. */
function slugs(headings: readonly string[]): Set<string> {
  const all = new Set<string>();
  for (const heading of headings) {
    const slug = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    let free = slug;
    for (let i = 1; all.has(free); i += 1) free = `${slug}-${i}`;
    all.add(free);
  }
  return all;
}

interface Document {
  readonly text: string;
  readonly links: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

const read = new Map<string, Document>();

function documentAt(path: string): Document {
  const known = read.get(path);
  if (known) return known;
  const text = readFileSync(path, 'utf8');
  const all = nodes(parse(text));
  const document = {
    text,
    links: all.flatMap(({ url }) => (url === undefined ? [] : [url])),
    anchors: slugs(all.filter(({ type }) => type === 'heading').map(plain)),
  };
  read.set(path, document);
  return document;
}

/** What is wrong with a link of the document at `from`; null for one that leads somewhere, or out of the project. */
function problemOf(from: string, link: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return null;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : join(dirname(from), decodeURIComponent(path));
  if (path.startsWith('/')) return 'is absolute';
  if (relative(root, target).startsWith('..')) return 'leads out of the project';
  if (!existsSync(target)) return 'leads nowhere';
  if (anchor === undefined) return null;
  if (!target.endsWith('.md') || statSync(target).isDirectory()) return 'has an anchor into no document';
  return documentAt(target).anchors.has(decodeURIComponent(anchor)) ? null : 'names no heading';
}

const documents = filesBelow(root, '.md');
const docs = documents.filter((path) => !relative(root, path).startsWith('examples/'));

describe('the documents', () => {
  it('are found', () => {
    expect(docs.map((path) => relative(root, path))).toContain('docs/operators.md');
    expect(documentAt(join(root, 'docs/operators.md')).links.length).toBeGreaterThan(5);
  });

  it.each(documents.map((path) => relative(root, path)))('%s has links that lead somewhere', (name) => {
    const path = join(root, name);
    const broken = documentAt(path).links.flatMap((link) => {
      const problem = problemOf(path, link);
      return problem === null ? [] : [`${link} ${problem}`];
    });
    expect(broken).toEqual([]);
  });

  it('name commands of npm that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const unknown = docs.flatMap((path) =>
      [...documentAt(path).text.matchAll(/\bnpm (?:run (?:--silent )?|(?=start\b|test\b))([\w:-]+)/g)]
        .map(([, command = '']) => command.replace(/:+$/, ''))
        .filter((command) => !(command in scripts))
        .map((command) => `${relative(root, path)}: npm run ${command}`),
    );
    expect(unknown).toEqual([]);
  });

  it('have one word for who gets no place; what a cell of a file says is quoted', () => {
    const others = docs.flatMap((path) =>
      [...documentAt(path).text.matchAll(/(?<![`"',])\bno opinion\b/gi)].map(
        ({ index }) => `${relative(root, path)}: ${documentAt(path).text.slice(index - 40, index + 20)}`,
      ),
    );
    expect(others).toEqual([]);
  });
});

describe('docs/operators-watch.md', () => {
  const { text } = documentAt(join(root, 'docs/operators-watch.md'));
  const sources = filesBelow(join(root, 'apps/server/src'), '.ts').map((path) => readFileSync(path, 'utf8'));

  it('names every metric of the server, and no other', () => {
    const names = (source: string): Set<string> =>
      new Set([...source.matchAll(/\belekto_[a-z_]+/g)].map(([name]) => name));
    const metrics = ['metrics.ts', 'process-metrics.ts', 'surroundings-metrics.ts']
      .map((name) => readFileSync(join(root, 'apps/server/src/http', name), 'utf8'))
      .join('\n');
    expect([...names(text)].sort()).toEqual([...names(metrics)].sort());
  });

  it('names lines of the log that the server writes', () => {
    const table = text.slice(text.indexOf('## Logs'));
    const messages = [...table.matchAll(/^\| (`.*?`) +\| (?:info|warn|error)/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, message = '']) => message),
    );
    expect(messages.length).toBeGreaterThan(10);
    expect(messages.filter((message) => !sources.some((source) => source.includes(`'${message}'`)))).toEqual(
      [],
    );
  });
});

describe('a heading', () => {
  it('is named in links as GitHub does it', () => {
    const headings = ['What never to switch on', 'Many 429', '`a` & b: c_d', 'Schulze’s way', 'Many 429'];
    const expected = ['what-never-to-switch-on', 'many-429', 'a--b-c_d', 'schulzes-way', 'many-429-1'];
    expect([...slugs(headings)]).toEqual(expected);
  });
});
