/** Calls that one HTTP request may hold; clients that put calls together send as many requests as that takes. */
export const MOST_CALLS = 20;
/** The same for clients, who import types alone: another number is an error of types. */
export type MostCalls = typeof MOST_CALLS;
