/** The pages as Astro compiled them: see `bundle-renderer.ts`. */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Pages from '../render/pages.ts';
import { RENDERER } from './bundle-renderer.ts';

/** The module that `bundleRenderer` wrote into `dir`. The packages that it needs are those of this package. */
export async function loadRenderer(dir: string): Promise<typeof Pages> {
  const url = pathToFileURL(join(dir, RENDERER)).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      next(
        specifier,
        context.parentURL === url && !/^[./]/.test(specifier)
          ? { ...context, parentURL: import.meta.url }
          : context,
      ),
  });
  return (await import(url)) as typeof Pages;
}
