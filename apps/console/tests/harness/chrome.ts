/** A tab on the harness page, with its errors collected: a fresh one, or one for many visits. */
import type { Browser, Page } from 'playwright-core';

export interface Tab {
  readonly page: Page;
  /** Uncaught errors and console errors, and requests that the policy of the page blocked. */
  readonly errors: string[];
  close(): Promise<void>;
}

/** As what a page is looked at; light, and as wide as a window is on most desks, where nothing is said. */
export interface Look {
  readonly dark?: boolean;
  readonly width?: number;
  readonly height?: number;
}

const sizeOf = ({ width = 1280, height = 860 }: Look) => ({ width, height });
const mediaOf = ({ dark = false }: Look) =>
  ({ media: 'screen', colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' }) as const;

export async function openTab(browser: Browser, look: Look = {}): Promise<Tab> {
  const context = await browser.newContext({
    viewport: sizeOf(look),
    colorScheme: mediaOf(look).colorScheme,
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

export interface Stage {
  /** Visits an address of the harness page, from `?` on: nothing is there of the visits before, nor of their errors. */
  visit(address: string, look?: Look): Promise<Tab>;
  close(): Promise<void>;
}

/**
 * One tab and one document for a suite whose subject is not how the page is read: its files are read and compiled once. A
 * visit's `close` leaves the tab to the next one.
 */
export function openStage(browser: Browser, served: { readonly url: string }): Stage {
  let tab: Tab | null = null;
  return {
    async visit(address, look = {}) {
      if (tab === null || tab.page.isClosed()) {
        tab = await openTab(browser, look);
        await tab.page.goto(`${served.url}/${address}`);
      } else {
        await tab.page.setViewportSize(sizeOf(look));
        await tab.page.emulateMedia(mediaOf(look));
        // A pointer that was left somewhere would point at something there.
        await tab.page.mouse.move(-1, -1);
        tab.errors.splice(0);
        await tab.page.evaluate((to) => window.harness.show(to), `/${address}`);
      }
      return { ...tab, close: () => Promise.resolve() };
    },
    async close() {
      await tab?.close();
    },
  };
}
