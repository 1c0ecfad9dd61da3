/** The database is there and must not be used as it is. The message says what is to be set, and holds no value of it. */
export class UnfitDatabase extends Error {
  override readonly name = 'UnfitDatabase';
  /** May cross the database's error guard. */
  readonly safe = true;
}
