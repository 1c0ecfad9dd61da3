import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './markdown.ts';

const XSS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\nscript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:msgbox)',
  '[x](\u0001javascript:alert(1))',
  '![x](javascript:alert(1))',
  '![x](https://a.example/p.png" onerror="alert(1))',
  '<javascript:alert(1)>',
  '<details open ontoggle=alert(1)>x</details>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<style>*{background:url(//a.example)}</style>',
  '<form action="//a.example"><input name=passphrase></form>',
  '<base href="//a.example">',
  '<meta http-equiv=refresh content="0;url=//a.example">',
  '[x][y]\n\n[y]: javascript:alert(1)',
  '```html"onmouseover="alert(1)\nx\n```',
  '<!--><script>alert(1)</script>-->',
  '`</code><script>alert(1)</script>`',
  '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
  '[^1]\n\n[^1]: <script>alert(1)</script>',
  '<div id="__proto__" name="body" class="ballot">x</div>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
];

describe('renderMarkdown', () => {
  it.each(XSS)('makes %j harmless', (md) => {
    const html = renderMarkdown(md);
    expect(html).not.toMatch(
      /<(?:script|img|svg|iframe|style|form|base|meta|object|embed|link|math|details)\b/i,
    );
    expect(html).not.toMatch(/<[^>]*\son\w+\s*=/i);
    expect(html).not.toMatch(/<[^>]*(?:href|src|action)="(?!https?:|mailto:|#)/i);
  });

  it('renders what GitHub renders: tables, lists, code, strikethrough, bare links', () => {
    const html = renderMarkdown(
      '| a | b |\n|---|--:|\n| 1 | 2 |\n\n- one\n- [x] two\n\n~~no~~ `code` https://a.example',
    );
    for (const tag of ['<table>', '<li', '<del>no</del>', '<code>code</code>', 'href="https://a.example"'])
      expect(html).toContain(tag);
  });

  it('keeps names and emoji', () => {
    expect(renderMarkdown('Zoë 🦀 徐俊杰')).toBe('<p>Zoë 🦀 徐俊杰</p>');
  });

  it("starts headings below the page's own and skips no level", () => {
    const html = renderMarkdown('#### Name\n\nx\n\n###### Deep\n\n# Top\n\n### Under\n');
    expect([...html.matchAll(/<(h\d)/g)].map((match) => match[1])).toEqual(['h2', 'h3', 'h2', 'h3']);
    expect(renderMarkdown('# x', 4)).toContain('<h4');
  });

  it('turns pictures into links, so that a page calls no other host', () => {
    expect(renderMarkdown('![A chart](https://a.example/c.png)')).toContain(
      '<a href="https://a.example/c.png"',
    );
    expect(renderMarkdown('[![badge](https://a.example/b.svg)](https://b.example)')).toMatch(
      /<a href="https:\/\/b\.example"[^>]*>badge<\/a>/,
    );
  });

  it('lets links say nothing about where they stand, and makes relative ones text', () => {
    expect(renderMarkdown('[x](https://a.example)')).toContain('rel="nofollow noopener noreferrer ugc"');
    expect(renderMarkdown('[guide](../guide.md)')).toBe('<p><a>guide</a></p>');
    expect(renderMarkdown('[guide](../guide.md "G")', 2, 'keep')).toBe(
      '<p><a href="../guide.md" title="G">guide</a></p>',
    );
    expect(renderMarkdown('[x](javascript:x)', 2, 'keep')).toBe('<p><a>x</a></p>');
  });

  it.each([
    ['quotes', '>'.repeat(50_000)],
    ['spaced quotes', '> '.repeat(20_000)],
    ['brackets', '['.repeat(50_000)],
    ['lists', `${'- '.repeat(20_000)}x`],
    ['stars', `${'*a '.repeat(30_000)}`],
    ['emphasis', `${'*'.repeat(50_000)}a`],
    ['backticks', '`'.repeat(90_000)],
    ['size', 'word '.repeat(200_000)],
    ['underlines', 'a\n=\n'.repeat(25_000)],
    ['closing brackets', 'a] '.repeat(43_000)],
    ['quotes within quotes', `${'> '.repeat(50)}${'a\n'.repeat(50_000)}`],
    ['opening brackets', '[a'.repeat(50_000)],
    ['open emphasis', '*a_b'.repeat(25_000)],
    ['quoted lists', '- > 1. a\n'.repeat(10_000)],
    ['footnotes', Array.from({ length: 5_000 }, (_, i) => `[^${i}]\n\n[^${i}]: a\n\n`).join('')],
    ['quotes that stop', '> a\nb\n\n'.repeat(15_000)],
    ['as many underlines as are rendered', 'a\n=\n'.repeat(1_490)],
    ['as many brackets as are rendered', 'a] '.repeat(3_990)],
    ['the deepest quotes that are rendered', `${'> '.repeat(20)}${'a\n'.repeat(2_900)}`],
  ])('survives a mountain of %s', (_, md) => {
    const html = renderMarkdown(md);
    expect(html.length).toBeGreaterThan(0);
  });
});
