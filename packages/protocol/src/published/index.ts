export { revisionOf, revisionsOf, type BoxFacts } from './box-facts.ts';
export { markDraft, proseOf, type Prose } from './prose.ts';
export * from './published-result.ts';
export { publishedTurnout } from './published-turnout.ts';
export { seatedOf } from './seated.ts';
export { signedRevision } from './signed-revision.ts';
