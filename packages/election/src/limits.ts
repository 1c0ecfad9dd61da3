/** Sizes beyond which a file is refused unread. Characters for text, bytes for blobs: a blob is never smaller. */
export const LIMITS = {
  electionYaml: 256 * 1024,
  votersYaml: 4 * 1024 * 1024,
  evidence: 16 * 1024 * 1024,
  plan: 256 * 1024,
  candidate: 1024 * 1024,
  /** Characters of a line in a candidate's header. */
  headerLine: 2_000,
  markdown: 2 * 1024 * 1024,
  ballots: 32 * 1024 * 1024,
  resultsKeys: 64 * 1024,
  siteYaml: 16 * 1024,
  /** A custody file of 64 officers has 0.9 MB. */
  custodyFile: 2 * 1024 * 1024,
  officerKey: 4 * 1024,
  boxes: 16 * 1024,
  /** Custody files of a repository; the others are not read. */
  custodyFiles: 100,
  officerKeys: 1_000,
  resultsJson: 32 * 1024 * 1024,
  /** Nesting of YAML collections. */
  yamlDepth: 24,
  /** Characters of a line of YAML: longer ones make parsers slow and are none of ours. */
  yamlLine: 8_000,
  /** Nodes of one YAML file, aliases expanded. */
  yamlNodes: 250_000,
  /** Nodes that aliases may add to one YAML file. */
  yamlAliasNodes: 2_000,
  /** Distinct voters of one election. */
  voters: 100_000,
  /** Candidate files of one election. */
  candidates: 2_000,
} as const;
