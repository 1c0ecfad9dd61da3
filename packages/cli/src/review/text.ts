import type { Instant } from '@elekto/election';
import { escapeMarkdown } from '@elekto/words';

/** A moment in UTC, as election.yaml writes it. */
export function moment(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/**
 * A stranger's text on one line of a comment: no Markdown of it has an effect, nobody is notified by it, and it links nothing.
 */
export function plain(text: string): string {
  const points = [...escapeMarkdown(text)];
  const short = points.length > 300 ? `${points.slice(0, 300).join('')}...` : points.join('');
  return short
    .replace(/[@#]/g, '$&\u200b')
    .replaceAll('://', ':\u200b//')
    .replace(/www\./gi, (www) => `${www}\u200b`);
}

/** A stranger's text as a block that no line of it can end. */
export function block(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A path or a login as code. */
export function code(text: string): string {
  return `<code>${text.replace(/[&<>"'`*_[\]|@\\~]/g, (char) => `&#${char.codePointAt(0)};`).replace(/\s+/g, ' ')}</code>`;
}
