import { markdownTree, type MarkdownNode } from '@elekto/election/markdown';
import { createElement, Fragment, type ReactNode } from 'react';
import { leadOne, type LeadLinks } from '../../build/links.ts';

interface Props {
  readonly markdown: string;
  /** Path of the file that it stands in. */
  readonly file: string;
  readonly lead: LeadLinks;
}

/** Markdown as the candidate's page renders it, made of elements: this page may not turn texts into HTML. */
export function Preview({ markdown, file, lead }: Props) {
  const tree = markdownTree(markdown, 2, 'keep');
  if (tree === null) return <pre className="as-written">{markdown}</pre>;
  const shown = (node: MarkdownNode, key: number): ReactNode => {
    if (node.type === 'text') return node.value;
    const inner = (node.children ?? []).map(shown);
    if (node.type !== 'element' || node.tagName === undefined) return <Fragment key={key}>{inner}</Fragment>;
    const props = attributes(node, (href) => leadOne(lead, href, file));
    const element = createElement(node.tagName, { key, ...props }, ...inner);
    if (node.tagName !== 'table') return element;
    return (
      <div key={key} className="scroll" tabIndex={0} role="group">
        {element}
      </div>
    );
  };
  return <>{(tree.children ?? []).map(shown)}</>;
}

/** As React calls an attribute. */
function nameOf(property: string): string {
  if (/^aria[A-Z]/.test(property)) return `aria-${property.slice(4).toLowerCase()}`;
  if (/^data[A-Z]/.test(property)) return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return property;
}

function attributes(
  { tagName, properties = {} }: MarkdownNode,
  leadTo: (href: string) => { href?: string; rel?: string },
): Record<string, unknown> {
  const props = Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      nameOf(name),
      Array.isArray(value) ? value.join(' ') : value === true && name.startsWith('data') ? '' : value,
    ]),
  );
  // A list of tasks: nobody ticks them here.
  if (tagName === 'input') return { ...props, readOnly: true };
  const { href, ...others } = props;
  return tagName === 'a' && typeof href === 'string' ? { ...others, ...leadTo(href) } : props;
}
