/** Firefox ESR by WebDriver BiDi. */
import puppeteer from 'puppeteer-core';
import { PATIENCE } from './hand.ts';
import type { Hand } from './hand.ts';

export async function openFirefox(executablePath: string): Promise<Hand> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  page.setDefaultTimeout(PATIENCE);
  const faults: string[] = [];
  let site = '';
  // What the page of the stand-in for GitHub complains about is not ours.
  page.on('pageerror', (error) => {
    if (new URL(page.url()).origin === site) faults.push(`${page.url()}: ${String(error)}`);
  });
  const visible = (selector: string) => page.locator(selector);
  return {
    browser: await browser.version(),
    goTo: async (url) => {
      site = new URL(url).origin;
      await page.goto(url);
    },
    reload: async () => void (await page.reload()),
    back: async () => void (await page.evaluate(() => history.back())),
    press: (selector) => visible(selector).click(),
    type: async (selector, text) => {
      await visible(selector).click();
      await page.keyboard.type(text);
    },
    see: async (selector) => void (await page.waitForSelector(selector)),
    read: async (selector) => {
      await page.waitForSelector(selector);
      return page.$eval(selector, (element) => (element as HTMLElement).innerText);
    },
    each: (selector, attribute) =>
      page.$$eval(selector, (all, name) => all.map((element) => element.getAttribute(name) ?? ''), attribute),
    close: async () => {
      await browser.close();
      if (faults.length > 0) throw new Error(`the page complained: ${faults.join('; ')}`);
    },
  };
}
