/** Loaded before the app's main: from here on `electron` is the double. */
import { registerHooks } from 'node:module';

const double = new URL('./electron.ts', import.meta.url).href;
const tests = new URL('..', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' && !context.parentURL?.startsWith(tests))
      return { url: double, shortCircuit: true };
    return next(specifier, context);
  },
});
