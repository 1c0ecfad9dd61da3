/** What the database holds is not what the server wrote, or is older. The reason is for the operator and names no voter. */
export class BoxDamaged extends Error {
  override readonly name = 'BoxDamaged';
  /** Holds no value: may cross the database's error guard. */
  readonly safe = true;
}
