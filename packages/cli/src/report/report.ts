import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Outcome } from '@elekto/tally';

import { loadPictures } from './pictures-loader.ts';

/**
 * An outcome as one page of HTML that needs nothing else: no script, no request, the pictures of the site.
 * `title` names the election or the file, `told` says how the file was read.
 */
export async function renderReport(outcome: Outcome, title: string, told: string): Promise<string> {
  loadPictures();
  const [{ renderToStaticMarkup }, { createElement }, { ReportPage }] = await Promise.all([
    import('react-dom/server'),
    import('react'),
    import('./report-page.tsx'),
  ]);
  const style = (url: string): string => readFileSync(fileURLToPath(url), 'utf8');
  const styles = [
    style(import.meta.resolve('@elekto/ui/tokens.css')),
    style(import.meta.resolve('@elekto/ui/pictures.css')),
    style(new URL('report.css', import.meta.url).href),
  ];
  const page = createElement(ReportPage, { title, told, outcome, lang: 'en', styles });
  return `<!doctype html>\n${renderToStaticMarkup(page)}\n`;
}
