/** A source cannot say what a rule asks for. The message says what, why, and what to do; it never holds a token. */
export class RollSourceError extends Error {
  override readonly name = 'RollSourceError';
}
