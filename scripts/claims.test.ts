/** SECURITY.md says of each claim of the public documents which test shows it: the claim and the test are there. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
/** What people read of it: of a page of the site that is the text between its tags. */
const saidIn = (file: string): string =>
  file.endsWith('.astro') ? textOf(file).replace(/<[^>]*>/g, ' ') : textOf(file);
/** On one line, without the padding of tables. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

const [said = '', section = ''] = textOf('SECURITY.md').split('## Every claim and its test');

interface Claim {
  readonly document: string;
  readonly words: string;
  readonly tests: readonly { readonly file: string; readonly title: string }[];
}

/** The rows of the tables, each below the heading that names its document. */
const claims = section.split(/^### /m).flatMap((part): Claim[] => {
  const document = /^\[([^\]]+)\]/.exec(part)?.[1] ?? 'SECURITY.md';
  const rows = part.split('\n').filter((line) => /^\| (?!It says |--)/.test(line));
  return rows.map((row) => {
    const [, words = '', tests = ''] = row.split(' | ').join('|').split('|');
    const named = [...tests.matchAll(/`([\w./-]+\.ts)`: (.*?)(?=, `[\w./-]+\.ts`: |$)/g)];
    return {
      document,
      words: words.trim(),
      tests: named.map(([, file = '', title = '']) => ({ file, title: title.trim() })),
    };
  });
});

/** As it stands in the source of the test, in whichever quotation marks. */
const isTitle = (source: string, title: string): boolean =>
  ["'", '"', '`'].some((mark) => source.includes(`${mark}${title}${mark}`));

describe('the claims of the public documents', () => {
  const documents = [
    'docs/is-my-vote-secret.md',
    'site/src/prose/SecretEn.astro',
    'docs/receipts.md',
    'docs/voters.md',
    'docs/officers.md',
    'SECURITY.md',
    ...globSync('docs/operators*.md', { cwd: root }),
  ];

  it('are looked at in every document that makes them', () => {
    expect(new Set(claims.map(({ document }) => document))).toEqual(new Set(documents));
    expect(claims.length).toBeGreaterThan(100);
  });

  it('stand there as the table says', () => {
    const missing = claims.filter(({ document, words }) => {
      const text = document === 'SECURITY.md' ? said : saidIn(document);
      return words === '' || !flat(text).includes(words);
    });
    expect(missing.map(({ document, words }) => `${document}: ${words}`)).toEqual([]);
  });

  it('have a test each, under its title in its file', () => {
    for (const { words, tests } of claims) {
      expect(tests.length, words).toBeGreaterThan(0);
      for (const { file, title } of tests) {
        expect(existsSync(join(root, file)), file).toBe(true);
        expect(isTitle(textOf(file), title), `${file}: ${title}`).toBe(true);
      }
    }
  });

  it('of the page of the site stand in each language: as many headings, paragraphs, rows and points', () => {
    const shape = (file: string): string[] => textOf(file).match(/<(h\d|p|tr|td|li|a)\b/g) ?? [];
    expect(shape('site/src/prose/SecretDe.astro')).toEqual(shape('site/src/prose/SecretEn.astro'));
  });

  it('are not believed when the words, the file or the title are others', () => {
    expect(isTitle("it('keeps its promise', () => undefined)", 'keeps its')).toBe(false);
    expect(isTitle('it("keeps its promise", () => undefined)', 'keeps its promise')).toBe(true);
    expect(existsSync(join(root, 'scripts/nothing.test.ts'))).toBe(false);
  });
});

it('the table of attacks names files of tests that are there', () => {
  const table = said.slice(
    said.indexOf('## What is defended against'),
    said.indexOf('## What is not defended'),
  );
  const named = [...table.matchAll(/`((?:apps|packages|scripts|site|tests)\/[\w./*-]+\.ts)`/g)].map(
    ([, file = '']) => file,
  );
  expect(named.length).toBeGreaterThan(20);
  for (const file of named) expect(globSync(file, { cwd: root }), file).not.toEqual([]);
});
