import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

import { transformSync } from 'esbuild';

let registered = false;

/** Lets this process import the pictures, which are written in TSX; Node itself only takes types away. */
export function loadPictures(): void {
  if (registered) return;
  registered = true;
  registerHooks({
    load(url, context, next) {
      if (!url.startsWith('file:') || !url.endsWith('.tsx')) return next(url, context);
      const source = readFileSync(fileURLToPath(url), 'utf8');
      const { code } = transformSync(source, {
        loader: 'tsx',
        jsx: 'automatic',
        format: 'esm',
        target: 'es2024',
      });
      return { format: 'module', source: code, shortCircuit: true };
    },
  });
}
