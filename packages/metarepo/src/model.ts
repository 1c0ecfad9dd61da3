import type {
  CustodyFolders,
  Diagnostic,
  Election,
  ElectionKey,
  LoginRule,
  ReadElection,
  ResultsKey,
  SiteFile,
} from '@elekto/election';

/** Everything read from a meta repository at one commit. Immutable; swapped as a whole. */
export interface MetaSnapshot {
  /** The commit's 40-hex id, or `dir-<sha256 of content, 40 hex>` for a plain directory. */
  readonly commit: string;
  /** Elections by key, withdrawn ones not included; a broken one keeps its last good version (`stale`). */
  readonly elections: ReadonlyMap<ElectionKey, SnapshotElection>;
  /** The servers whose signatures under results are trusted (results-keys.yaml); empty when there is no such file. */
  readonly resultsKeys: readonly ResultsKey[];
  /** What site.yaml says; nothing when there is no such file. */
  readonly site: SiteFile;
  /** The custody files and the officers' public keys; empty when there are none. */
  readonly custody: CustodyFolders;
  /** Problems that belong to no single election. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface SnapshotElection extends ReadElection {
  /** The commit whose version of this election is served when the newest is unreadable; null when current. */
  readonly staleSince: string | null;
}

/** The newest version of an election in which everything that mattered could be read. */
export interface LastGood {
  readonly commit: string;
  readonly election: Election;
}

export type LastGoodByKey = ReadonlyMap<ElectionKey, LastGood>;

/** Where the elections are read from. */
export interface MetaOptions extends LoginRule {
  /** An http(s) git URL, a local repository (bare or not), or a plain directory. */
  readonly source: string;
  /** Folder of the repository that holds the elections; '' for the root. */
  readonly electionsDir: string;
  /** The branch to follow; undefined = the remote's default. */
  readonly branch?: string | undefined;
  /** Of a repository on this disk: this commit, and not the branch's newest. */
  readonly commit?: string | undefined;
  /** For private repositories over http(s). Never logged. */
  readonly token?: string | undefined;
  /** A directory of ours for the clone. */
  readonly cacheDir: string;
  /** Ms that a remote may be silent before a look at it is given up; default 20 s. */
  readonly patience?: number | undefined;
}

/** A followed repository. `sync` is single-flight: calls during a run share one following run. */
export interface MetaRepo {
  /** Reads the newest state; resolves with the snapshot (the same object when nothing changed). Rejects with MetaRepoError. */
  sync(): Promise<MetaSnapshot>;
  /**
   * For a start while the remote cannot be reached: what an earlier run fetched last, from our copy. Null when there is
   * no such copy, or it does not open.
   */
  recall(): Promise<MetaSnapshot | null>;
  /**
   * Takes the last good versions of elections that others have kept, in place of those in our cache, and reads the last
   * snapshot again with them; null before there is one.
   */
  adopt(kept: LastGoodByKey): Promise<MetaSnapshot | null>;
  /** The newest version of each election in which everything that mattered could be read. */
  lastGood(): LastGoodByKey;
  /** The last snapshot; null before the first successful sync. */
  current(): MetaSnapshot | null;
  /** Calls back when a watched plain directory or local repository changed (debounced). Returns a stop function. */
  watch(onChange: () => void): () => void;
  close(): Promise<void>;
}
