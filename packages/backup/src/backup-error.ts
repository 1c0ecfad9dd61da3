/** What kept a backup from being made or opened, in a line for the operator. Holds no value of the database and no secret. */
export class BackupError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BackupError';
  }
}

/** What the system said, without a path: `ENOSPC` and the like. */
export const codeOf = (error: unknown): string => (error as { code?: string }).code ?? 'unexpected';
