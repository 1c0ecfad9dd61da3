/**
 * `npm start`: the whole of Elekto on this machine. What a first start bundles for the pages begins in a process of its own before the
 * modules of the server are read here, which takes as long.
 */
import { beginPages } from './build-pages.ts';
import { options } from './start-options.ts';

const asked = options();
const pages = await beginPages();
const { serve } = await import('./serve.ts');
await serve(asked, pages);
