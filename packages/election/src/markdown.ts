import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { imagesToLinks, outsideLinks, shiftHeadings } from './markdown-plugins.ts';

/** Text beyond this is shown as written: rendering must not be a way to keep a server busy. */
const MOST = 200_000;
/** Nesting that no text needs and that recursive renderers pay for with their stack. */
const DEEP = /^[\s>*+-]{120,}|[[!*_~`]{400,}/m;

const schema = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => !['img', 'picture', 'source'].includes(name)),
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto'] },
};

const processor = (top: number) =>
  unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(imagesToLinks)
    .use(remarkRehype)
    .use(shiftHeadings, top)
    .use(rehypeSanitize, schema)
    .use(outsideLinks)
    .use(rehypeStringify)
    .freeze();

const processors = new Map<number, ReturnType<typeof processor>>();

/**
 * Renders Markdown (GitHub's) to safe HTML: raw HTML is left out, the rest is sanitised, images become
 * links (a page of ours loads nothing from elsewhere), and headings start at level `top` (2 by default)
 * without skipping one. Text that is too long or nested too deeply is shown as written.
 */
export function renderMarkdown(md: string, top = 2): string {
  if (md.length > MOST || DEEP.test(md)) return asWritten(md);
  let pipeline = processors.get(top);
  if (!pipeline) {
    pipeline = processor(top);
    processors.set(top, pipeline);
  }
  try {
    return String(pipeline.processSync(md));
  } catch (error) {
    if (error instanceof RangeError) return asWritten(md);
    throw error;
  }
}

function asWritten(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  return `<pre class="as-written">${escaped}</pre>`;
}
