import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { DESK } from './shots.ts';

export interface Visit {
  readonly page: Page;
  /** What the browser complained about. */
  readonly said: string[];
  close(): Promise<void>;
}

/** A browser of somebody's own. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: DESK, ...options });
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => {
    // Browsers report an answer with a refusal as a failed resource; that is no fault of the page.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  return { page, said, close: () => context.close() };
}
