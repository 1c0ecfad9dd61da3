import type { Diagnostic, OfficersBoard } from '../model.ts';

/** A file of the folder `keys`: the header of a ceremony, and its transcript once it is finished. */
export interface CustodyFile {
  /** Path from the elections folder, as `custody:` names it: `keys/2026.json`. */
  readonly file: string;
  /** Path from the repository's root. */
  readonly path: string;
  /** The file as it stands; empty when it could not be read. */
  readonly text: string;
  /** The officers whom its header names, in the order of their positions; null when it has no header that can be read. */
  readonly officers:
    | readonly { readonly login: string; readonly sign: string; readonly receive: string }[]
    | null;
  /** Null until the ceremony is finished, and when the file is wrong. */
  readonly board: OfficersBoard | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** What an officer's file `officers/<login>.json` says: the public halves of their keys, 32 bytes in base64url each. */
export interface OfficerKeys {
  readonly login: string;
  readonly sign: string;
  readonly receive: string;
  readonly path: string;
}

/** Both folders after reading. */
export interface CustodyFolders {
  /** The elections folder in the repository, without a slash at its end; '' for the root. */
  readonly folder: string;
  /** By the path that `custody:` names. */
  readonly boards: ReadonlyMap<string, CustodyFile>;
  readonly officers: readonly OfficerKeys[];
  /** Problems of officers' files. */
  readonly diagnostics: readonly Diagnostic[];
}

export const NO_CUSTODY: CustodyFolders = { folder: '', boards: new Map(), officers: [], diagnostics: [] };
