/** A fresh tab on the harness page, with its errors collected. */
import type { Browser, Page } from 'playwright-core';

export interface Tab {
  readonly page: Page;
  /** Uncaught errors and console errors, and requests that the policy of the page blocked. */
  readonly errors: string[];
  close(): Promise<void>;
}

export async function openTab(
  browser: Browser,
  options: { readonly dark?: boolean; readonly width?: number; readonly height?: number } = {},
): Promise<Tab> {
  const { dark = false, width = 1280, height = 860 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Lisbon',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon'))
      errors.push(`${message.text()} ${message.location().url}`);
  });
  page.setDefaultTimeout(30_000);
  return { page, errors, close: () => context.close() };
}
