/** The secrets cannot be used. The message is one line for the operator. */
export class KeysError extends Error {
  override readonly name = 'KeysError';
  /** Holds no secret: may cross the database's error guard. */
  readonly safe = true;
}
