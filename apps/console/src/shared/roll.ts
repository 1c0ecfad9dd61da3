/** Building a roll in the desktop app: what crosses the bridge. */

/** The folder of an election in a clone of the repository, as the officer chose it. */
export type RollFolder =
  | { readonly kind: 'none' }
  | { readonly kind: 'problems'; readonly folder: string; readonly problems: readonly string[] }
  | {
      readonly kind: 'ready';
      readonly folder: string;
      /** Whom its rules ask: the token goes nowhere else. */
      readonly api: string;
      /** Whether this computer keeps a token for it. */
      readonly hasToken: boolean;
      /** Whether it can keep one. */
      readonly remembers: boolean;
    };

export interface RollProgress {
  readonly done: number;
  readonly total: number;
  /** The repository that was begun last. */
  readonly at: string;
  /** Milliseconds; null before the first is done. */
  readonly left: number | null;
  /** Seconds for which the server asks to wait; null while it does not. */
  readonly wait: number | null;
}

export type RollBuilt =
  | {
      readonly kind: 'built';
      readonly voters: readonly string[];
      /** Of the voters.yaml that is in the folder; null without one. */
      readonly before: readonly string[] | null;
      /** roll-evidence.csv as it will be written. */
      readonly evidence: string;
      /** Markdown for the pull request. */
      readonly summary: string;
    }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string };

export interface RollWish {
  /** '' to use the one that is kept, or none. */
  readonly token: string;
  readonly keep: boolean;
  /** Asks for everything anew. */
  readonly refresh: boolean;
}
