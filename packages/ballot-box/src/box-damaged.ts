/** The election's row was changed by somebody else than the server. */
export class BoxDamaged extends Error {
  override readonly name = 'BoxDamaged';
  /** Holds no value: may cross the database's error guard. */
  readonly safe = true;
}
