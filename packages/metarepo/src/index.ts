export * from './model.ts';
export { decodeText } from './decode.ts';
export { MetaRepoError } from './meta-repo-error.ts';
export { openMetaRepo } from './meta-repo.ts';
export { readDirectory } from './read-directory.ts';
export type { Mark } from './origin.ts';
export { type Past, type PastText, readPast } from './past.ts';
export { readCommit } from './read-commit.ts';
