/** A start that failed for a reason the operator can do something about; the message is one line. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
