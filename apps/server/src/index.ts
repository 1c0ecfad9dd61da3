export { ConfigError, readConfig, type Config } from './config/config.ts';
export { VARIABLES, type Variable } from './config/variables.ts';
export { makeDirectory, removeDirectories } from './make-directory.ts';
export { StartError } from './start-error.ts';
export { buildApp, type AppParts } from './http/app.ts';
export { DEFAULT_LIMITS, type Limits } from './http/limits.ts';
export { createLog, type Logger } from './log.ts';
export { type SiteBuilder } from './site/site-store.ts';
export { startServer, type RunningServer, type StartOverrides } from './start.ts';
