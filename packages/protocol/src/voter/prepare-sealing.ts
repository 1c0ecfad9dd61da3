import type { Manifest } from '../manifest/manifest.ts';
import { prepareStretch } from './stretch-away.ts';
import { voterSuite } from './voter-suite.ts';

/** Gets everything that sealing needs while there is a connection, so that it works without one. */
export function prepareSealing(manifest: Pick<Manifest, 'suite'>): void {
  prepareStretch();
  // What fails here is tried again, and told, when it is needed.
  voterSuite(manifest).catch(() => undefined);
}
