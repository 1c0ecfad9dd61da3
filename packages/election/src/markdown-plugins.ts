/** The few node shapes we touch; mdast and hast trees are larger, the rest passes through. */
interface TreeNode {
  type: string;
  tagName?: string;
  url?: string;
  alt?: string | null;
  value?: string;
  title?: string | null;
  properties?: Record<string, unknown>;
  children?: TreeNode[];
}

function visit(node: TreeNode, act: (node: TreeNode, inLink: boolean) => void, inLink = false): void {
  act(node, inLink);
  const within = inLink || node.type === 'link' || node.type === 'linkReference';
  for (const child of node.children ?? []) visit(child, act, within);
}

/** Images become links to them, so that no page makes a reader's browser call another host. */
export function imagesToLinks() {
  return (tree: unknown): void => {
    visit(tree as TreeNode, (node, inLink) => {
      if (node.type !== 'image' && node.type !== 'imageReference') return;
      const label = node.alt || 'image';
      if (inLink || node.type === 'imageReference') {
        node.type = 'text';
        node.value = label;
        return;
      }
      node.type = 'link';
      node.children = [{ type: 'text', value: label }];
    });
  };
}

/** Headings start at `top` and go down one level at a time, whatever the author began with. */
export function shiftHeadings(top: number) {
  return (tree: unknown): void => {
    const open: { written: number; shown: number }[] = [];
    visit(tree as TreeNode, (node) => {
      const written = /^h([1-6])$/.exec(node.tagName ?? '')?.[1];
      if (node.type !== 'element' || !written) return;
      while (open.length > 0 && (open.at(-1)?.written ?? 0) >= Number(written)) open.pop();
      const shown = Math.min(6, (open.at(-1)?.shown ?? top - 1) + 1);
      open.push({ written: Number(written), shown });
      node.tagName = `h${shown}`;
    });
  };
}

/**
 * Links leave without telling where from. Relative ones lead nowhere on a page of ours: they become text, unless whoever
 * renders knows where the files are and asks to `keep` them.
 */
export function outsideLinks(relative: RelativeLinks) {
  return (tree: unknown): void => {
    visit(tree as TreeNode, (node) => {
      if (node.tagName !== 'a' || !node.properties) return;
      const href = node.properties['href'];
      if (typeof href !== 'string') return;
      if (/^(?:https?:|mailto:)/i.test(href))
        node.properties['rel'] = ['nofollow', 'noopener', 'noreferrer', 'ugc'];
      else if (!href.startsWith('#') && relative === 'text') delete node.properties['href'];
    });
  };
}

/** What becomes of relative links. */
export type RelativeLinks = 'text' | 'keep';

/** Where links, images and definitions of a Markdown tree lead, as written, in the order of the text. */
export function targetsIn(tree: unknown): string[] {
  const found: string[] = [];
  visit(tree as TreeNode, ({ type, url }) => {
    if (['link', 'image', 'definition'].includes(type) && url !== undefined) found.push(url);
  });
  return found;
}
