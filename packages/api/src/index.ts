export { MOST_FILE_BYTES } from './board/post.ts';
export { boardSourceOf } from './board/source.ts';
export { LIMITS, type ApiContext, type ApiLog, type LimitName, type RateLimiter } from './context.ts';
export { RefusalError, type ApiRefusal, type ApiRefusalKind } from './refusal.ts';
export { type OfficerChange } from './officer/live.ts';
export { appRouter, type AppRouter } from './router.ts';
export { boxFactsOf } from './status/published.ts';
export { type ServerStatus } from './status/status.ts';
export { placeOf, placeOfRow, STAGES, type Place, type Stage } from './status/stage.ts';
