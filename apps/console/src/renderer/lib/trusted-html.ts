/** The one way for HTML into the page: Markdown rendered by @elekto/election, which lets no script through. */
import { renderMarkdown } from '@elekto/election/markdown';

interface Policies {
  createPolicy(
    name: string,
    rules: { createHTML(text: string): string },
  ): { createHTML(text: string): unknown };
}

const trustedTypes = (globalThis as { trustedTypes?: Policies }).trustedTypes;

/** The app's Content-Security-Policy names this policy and no other. */
const policy = trustedTypes?.createPolicy('elekto-markdown', { createHTML: renderMarkdown });

/** HTML of a Markdown text, in the form that `dangerouslySetInnerHTML` takes. */
export function markdownHtml(markdown: string): { readonly __html: string } {
  // React hands a TrustedHTML on as it is; its types know strings only.
  return { __html: (policy?.createHTML(markdown) ?? renderMarkdown(markdown)) as string };
}
