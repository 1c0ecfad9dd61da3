import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { markdownExcess } from './markdown-limits.ts';
import { imagesToLinks, outsideLinks, shiftHeadings, targetsIn } from './markdown-plugins.ts';
import type { RelativeLinks } from './markdown-plugins.ts';

const schema = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => !['img', 'picture', 'source'].includes(name)),
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto'] },
};

const processor = (top: number, relative: RelativeLinks) =>
  unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(imagesToLinks)
    .use(remarkRehype)
    .use(shiftHeadings, top)
    .use(rehypeSanitize, schema)
    .use(outsideLinks, relative)
    .use(rehypeStringify)
    .freeze();

const processors = new Map<string, ReturnType<typeof processor>>();

/**
 * Renders Markdown (GitHub's) to safe HTML: raw HTML is left out, the rest is sanitised, images become
 * links (a page of ours loads nothing from elsewhere), and headings start at level `top` (2 by default)
 * without skipping one. A text beyond `MARKDOWN_LIMITS` is shown as written, and so its time is bounded. Relative links
 * become text; with `keep` they stay as written, always as `<a href="…"`, for whoever gives them an address.
 */
export function renderMarkdown(md: string, top = 2, relative: RelativeLinks = 'text'): string {
  if (markdownExcess(md) !== null) return asWritten(md);
  const kind = `${top} ${relative}`;
  let pipeline = processors.get(kind);
  if (!pipeline) {
    pipeline = processor(top, relative);
    processors.set(kind, pipeline);
  }
  try {
    return String(pipeline.processSync(md));
  } catch (error) {
    if (error instanceof RangeError) return asWritten(md);
    throw error;
  }
}

/** An element of what `renderMarkdown` renders, or a text. */
export interface MarkdownNode {
  readonly type: string;
  readonly tagName?: string;
  readonly value?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly MarkdownNode[];
}

/**
 * What `renderMarkdown` writes, as a tree and just as sanitised, for pages that may not turn texts into HTML. Null where the
 * text is shown as written.
 */
export function markdownTree(md: string, top = 2, relative: RelativeLinks = 'text'): MarkdownNode | null {
  if (markdownExcess(md) !== null) return null;
  const pipeline = processor(top, relative);
  try {
    return pipeline.runSync(pipeline.parse(md));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The text itself, for one that cannot be rendered in bearable time. */
export function asWritten(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  return `<pre class="as-written">${escaped}</pre>`;
}

/** Where the links and images of a text lead, as written; none for a text that is not rendered. */
export function linkTargets(md: string): string[] {
  if (!/\]\s*[(:]/.test(md) || markdownExcess(md) !== null) return [];
  return targetsIn(unified().use(remarkParse).use(remarkGfm).parse(md));
}
