/** The repository cannot be read at all. The message is one line for an operator; it never holds a token. */
export class MetaRepoError extends Error {
  override readonly name = 'MetaRepoError';
  readonly kind: 'unreadable' | 'no-branch' | 'no-elections-folder' | 'unsupported' | 'cut';

  constructor(kind: MetaRepoError['kind'], message: string, options?: { cause?: unknown }) {
    super(message.replace(/\s+/g, ' ').trim(), options);
    this.kind = kind;
  }
}
