import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { astroFiles, brokenRules, checkImports, readImports, readRules } from './astro-imports.ts';

const page = 'site/src/pages/404.astro';
const rules = readRules();
const check = (frontmatter: string, markup = '<p>Hello</p>') =>
  checkImports(rules, page, `---\n${frontmatter}\n---\n${markup}\n`).map(
    (line) => /: ([a-z-]+) \(/.exec(line)?.[1] ?? line,
  );

describe('the import rule in pages', () => {
  it('holds in every page and component', () => {
    const files = astroFiles();
    expect(files).toContain(page);
    const root = join(import.meta.dirname, '..');
    expect(
      files.flatMap((file) => checkImports(rules, file, readFileSync(join(root, file), 'utf8'))),
    ).toEqual([]);
  });

  it('lets a page have what the site may import', () => {
    expect(
      check(`
        import { readFile } from 'node:fs/promises';
        import { parsePhase } from '@elekto/election';
        import '@elekto/ui/tokens.css';
        import Base from '../components/Base.astro';
        import type { AppRouter } from '@elekto/api';`),
    ).toEqual([]);
  });

  it('refuses what the site may not import, wherever the import stands', () => {
    const box = '../../../packages/ballot-box/src/index.ts';
    expect(check(`import { castBallot } from '${box}';`)).toEqual(['site']);
    expect(check(`export { castBallot } from '${box}';`)).toEqual(['site']);
    expect(check(`const box = await import('${box}');`)).toEqual(['site']);
    expect(check(`type Box = import('${box}').Box;`)).toEqual(['site']);
    expect(check('', `<p>{(await import('${box}')).name}</p>`)).toEqual(['site']);
    expect(check('', `<script>import '${box}';</script>`)).toEqual(['site']);
  });

  it('refuses the way past the index of a package', () => {
    expect(check(`import { sum } from '../../../packages/tally/src/pairwise/pairwise.ts';`)).toEqual([
      'no-past-the-index',
    ]);
  });

  it('refuses the router but as a type', () => {
    expect(check(`import { appRouter } from '@elekto/api';`)).toEqual(['api-types-only']);
  });

  it('names an import that leads nowhere', () => {
    expect(check(`import { x } from './nowhere.ts';`)).toEqual([`${page}: "./nowhere.ts" leads to no file`]);
  });

  it('does not take an import in a text for one', () => {
    expect(readImports(`---\n// import '@elekto/db';\nconst text = "import '@elekto/db'";\n---\n`)).toEqual(
      [],
    );
  });

  it('holds in the files beside the sources, too', () => {
    expect(
      brokenRules(rules, 'site/build.ts', 'packages/db/src/index.ts', false).map(({ name }) => name),
    ).toEqual(['site']);
  });
});
