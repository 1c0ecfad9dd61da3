import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

let source: Promise<string> | undefined;
const axeSource = (): Promise<string> =>
  (source ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));

/** What depends on the look alone, for a page that has been asked about everything in another look. */
export const COLOUR_RULES: readonly string[] = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds on the page as it stands: WCAG 2.2 A and AA and best practices, one line each; empty when clean.
 * With `only`, by these rules alone; with `within`, of what is in there (a selector), for a page whose rest was asked about
 * before. Frames are not looked into: the project's pages have none. Throws when nothing is `within`.
 */
export async function axeProblems(
  page: Page,
  only?: readonly string[],
  within: string | null = null,
): Promise<string[]> {
  if (!(await page.evaluate('typeof axe !== "undefined"'))) await page.evaluate(await axeSource());
  const { violations } = await page.evaluate(
    ([context, options]) =>
      (globalThis as unknown as { axe: { run(c: unknown, o: object): Promise<AxeResults> } }).axe.run(
        context ?? document,
        options,
      ),
    [
      within,
      {
        resultTypes: ['violations'],
        // Fetching every style sheet once more serves one rule, which is off: the lock of an orientation.
        preload: false,
        ...(only === undefined
          ? // Off by default in axe, and part of WCAG 2.2 AA.
            { rules: { 'target-size': { enabled: true } } }
          : { runOnly: { type: 'rule', values: [...only] } }),
      },
    ] as const,
  );
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} at ${nodes.map(({ target, html }) => `${target.join(' ')} (${html})`).join(', ')}`,
  );
}
