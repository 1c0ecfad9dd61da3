/** What the database holds is not what the server wrote, or is older. */
export class BoxDamaged extends Error {
  override readonly name = 'BoxDamaged';
  /** Holds no value: may cross the database's error guard. */
  readonly safe = true;

  /** @param reason for the operator, naming no voter: the rest of "The ballot box does not add up: ...". */
  constructor(reason: string) {
    super(reason);
  }
}
