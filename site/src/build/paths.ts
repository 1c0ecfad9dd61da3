import { fileURLToPath } from 'node:url';

/** The folder of this package, wherever it is installed. */
export const SITE_ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The workspace's root: islands bundle code from the packages beside the site. */
export const WORKSPACE_ROOT = fileURLToPath(new URL('../../../', import.meta.url));
