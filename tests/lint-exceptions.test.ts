import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ESLint, RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { wordsInCatalogue } from '../scripts/eslint/words-in-catalogue.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (name: string): string => readFileSync(`${root}${name}`, 'utf8');
const exceptions = JSON.parse(read('scripts/eslint/words-exceptions.json')) as readonly string[];

/** Files from before the rule. This number goes down, never up. */
const MOST = 82;

describe('the exceptions of the rule that words stand in a catalogue', () => {
  it('only become fewer, and name each file once', () => {
    expect(exceptions.length).toBeLessThanOrEqual(MOST);
    expect(new Set(exceptions).size).toBe(exceptions.length);
  });

  it('are files that are there and still need it', { timeout: 120_000 }, async () => {
    expect(exceptions.filter((path) => !existsSync(root + path))).toEqual([]);
    const eslint = new ESLint({
      cwd: root,
      overrideConfigFile: true,
      overrideConfig: [
        {
          files: ['**/*.{ts,tsx}'],
          languageOptions: { parser: tseslint.parser },
          linterOptions: { reportUnusedDisableDirectives: 'off' },
          plugins: { elekto: { rules: { 'words-in-catalogue': wordsInCatalogue } } },
          rules: { 'elekto/words-in-catalogue': 'error' },
        },
      ] as never,
    });
    const results = await eslint.lintFiles([...exceptions]);
    const clean = results.filter(({ messages }) => messages.length === 0);
    expect(clean.map(({ filePath }) => filePath.slice(root.length))).toEqual([]);
  });
});

describe('the rule', () => {
  it('tells what people read from what is thrown, logged or markup', () => {
    const tester = new RuleTester({
      languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
    });
    const said = [{ messageId: 'said' }];
    tester.run('words-in-catalogue', wordsInCatalogue as never, {
      valid: [
        "const state = 'not-open-yet';",
        "throw new Error('this is a bug, not a text');",
        "log.warn({ key }, 'the repository cannot be read');",
        "command.description('count a file of ballots');",
        "const query = 'select id from election where key = 1';",
        'const view = <p title="Decide the tie now">Decide the tie now</p>;',
        "import x from 'one two three';",
        "class Late extends Error { constructor() { super('not done within a second'); } }",
        "const wait = () => { setTimeout(() => reject(new Late('not done within a second'))); };",
        "const upkeep = new Condition(log, 'upkeep stands still', 'upkeep goes on');",
        "gauge('elekto_elections', 'Elections in the meta repository.', count);",
        "const metric = { help: 'Elections by where they stand.' };",
        "process.stdout.write('The database is up to date.');",
        "writeOut('The database is up to date.');",
      ],
      invalid: [
        { code: "const text = 'Nobody is elected.';", errors: said },
        { code: "response.write('Nobody is elected today.');", errors: said },
        { code: 'const text = `${names} are tied for the last seat`;', errors: said },
        {
          code: "const error = () => { throw new Error(say(() => 'Nobody is elected today')); };",
          errors: said,
        },
      ],
    });
  });
});

describe('what the command shows', () => {
  const problems = async (code: string, file: string): Promise<number> => {
    const eslint = new ESLint({ cwd: root });
    const [found] = await eslint.lintText(code, { filePath: `${root}packages/cli/src/${file}` });
    return (found?.messages ?? []).filter(({ message }) => message.includes('terminal.ts')).length;
  };

  it.each([
    "process.stderr.write('x');",
    'const out = process.stderr;',
    'export const show = (out = process.stdout) => out.write(1);',
    'const { write } = process.stdout;',
    'const { stderr } = process;',
    "process['stdout'].write(1);",
    "import { stdout } from 'node:process';",
    'console.log(1);',
  ])('goes out by one door: %s', { timeout: 60_000 }, async (code) => {
    expect(await problems(code, 'lint.ts')).toBe(1);
  });

  it('asks whether there is a terminal anywhere', { timeout: 60_000 }, async () => {
    expect(
      await problems('export const isThere = process.stdout.isTTY && process.stderr.isTTY;', 'lint.ts'),
    ).toBe(0);
    expect(await problems("process.stderr.write('x');", 'terminal.ts')).toBe(0);
  });
});
