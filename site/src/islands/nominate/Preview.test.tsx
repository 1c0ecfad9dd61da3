import { renderMarkdown } from '@elekto/election/markdown';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { linkLeader } from '../../build/links.ts';
import { boxTables } from '../../build/prepare.ts';
import { Preview } from './Preview.tsx';

const FILE = 'elections/x/candidate-ada.md';
const lead = linkLeader(
  {
    elections: [
      {
        key: 'x',
        folder: 'elections/x',
        ballotsCsv: null,
        resultsJson: null,
        candidates: [{ id: 'bo', file: 'elections/x/candidate-bo.md' }],
      },
    ],
    sourceUrl: 'https://github.com/o/r',
    commit: 'c0ffee',
  },
  () => false,
);

/** HTML whatever the order of attributes, and however letters and empty elements are written. */
const normal = (html: string): string =>
  html
    .replace(/<(\w+)((?: [\w-]+(?:="[^"]*")?)+)\s*\/?>/g, (_, tag: string, attributes: string) => {
      const each = [...attributes.matchAll(/ ([\w-]+)(?:="([^"]*)")?/g)].map(
        ([, name = '', value = '']) => `${name.toLowerCase()}="${value}"`,
      );
      return `<${tag} ${each.sort().join(' ')}>`;
    })
    .replaceAll(' readonly=""', '')
    .replaceAll('/>', '>')
    .replace(/&#x27;|&#39;/g, "'")
    .replace(/&#x26;|&amp;/g, '&')
    .replace(/&#x3C;|&lt;/gi, '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

describe('the preview', () => {
  it.each([
    'Words *and* **more** `code` ~~gone~~ "quoted" & <b>raw</b>\nsecond line',
    '# One\n\n### Three\n\nSetext\n---\n\n---',
    '- a\n  - b\n\n1. c\n\n- [x] done\n- [ ] open',
    '| a | b |\n| :- | -: |\n| 1 | 2 |',
    '> quote\n\n```js\n<script>1</script>\n```',
    '[out](https://example.org "title") <https://auto.example> mail@example.org ![pic](https://x.example/p.png)',
    '[bo](candidate-bo.md) [up](../../README.md) [part](#there) [no](../../../../etc) [bad](javascript:alert(1))',
    'note[^1]\n\n[^1]: below',
    '<script>window.x=1</script><img src=x onerror=alert(1)> <details open ontoggle=alert(1)>x</details>',
    '<a href="javascript:1">raw</a> [md](javascript:1) [data](data:text/html,<b>1</b>)',
    '['.repeat(9_000),
  ])('is what the page of the candidate shows: %j', (markdown) => {
    const page = lead(boxTables(renderMarkdown(markdown, 2, 'keep')), FILE);
    const shown = renderToStaticMarkup(<Preview markdown={markdown} file={FILE} lead={lead} />);
    expect(normal(shown)).toBe(normal(page));
  });
});
