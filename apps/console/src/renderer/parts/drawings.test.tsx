import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import * as lucide from 'lucide-react';
import { expect, it } from 'vitest';
import { DRAWINGS } from './drawings.ts';

const inside = (html: string): string => html.replace(/^<svg[^>]*>|<\/svg>$/g, '');

it('are those of Lucide', () => {
  for (const [name, drawing] of Object.entries(DRAWINGS)) {
    const nodes = drawing.map(([tag, attributes], key) => createElement(tag, { key, ...attributes }));
    const theirs = createElement(lucide[name as keyof typeof DRAWINGS]);
    expect(renderToStaticMarkup(<>{nodes}</>), name).toBe(inside(renderToStaticMarkup(theirs)));
  }
});
