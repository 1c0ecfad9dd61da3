import { LIMITS } from '../limits.ts';
import { candidateFileName } from '../candidate/file-name.ts';
import { BOXES_NAME } from '../custody/read-boxes.ts';

/** Accepted names in order of preference; the first is the right one. */
export const DEFINITION_NAMES = ['election.yaml', 'election.yml', 'elections.yaml', 'elections.yml'] as const;
export const VOTERS_NAMES = ['voters.yaml', 'voters.yml', 'voter.yaml'] as const;
export const DESCRIPTION_NAMES = ['election_desc.md', 'election-desc.md', 'election_description.md'] as const;
export const RESULTS_NAMES = ['results.md'] as const;
export const QUESTIONS_NAMES = ['questions.md'] as const;
export const TEMPLATE_NAMES = ['candidate-template.md'] as const;
export const EVIDENCE_NAMES = ['roll-evidence.csv'] as const;
export const PLAN_NAMES = ['plan.yaml'] as const;

/** The file of the elections folder itself that names the servers whose signatures are trusted. */
export const RESULTS_KEYS_NAME = 'results-keys.yaml';
/** The file of the elections folder itself that says whose pages they are. */
export const SITE_NAME = 'site.yaml';

/** Files of the elections folder itself, with how many bytes of each are read. */
export const ROOT_FILES: Readonly<Record<string, number>> = {
  [RESULTS_KEYS_NAME]: LIMITS.resultsKeys,
  [SITE_NAME]: LIMITS.siteYaml,
};

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a folder that holds a file of this name is an election. */
export function isDefinitionName(name: string): boolean {
  return DEFINITION_NAMES.some((known) => known === name.toLowerCase());
}

export function isVotersName(name: string): boolean {
  return VOTERS_NAMES.some((known) => known === name.toLowerCase());
}

/**
 * How many bytes of a file of this name are read, null when the name is none of an election's. Whoever
 * collects the files asks this before loading one.
 */
export function sizeLimitOf(name: string): number | null {
  const lower = name.toLowerCase();
  const is = (names: readonly string[]): boolean => names.includes(lower);
  if (is(DEFINITION_NAMES)) return LIMITS.electionYaml;
  if (is(VOTERS_NAMES)) return LIMITS.votersYaml;
  if (is(DESCRIPTION_NAMES) || is(RESULTS_NAMES) || is(QUESTIONS_NAMES)) return LIMITS.markdown;
  if (lower === BOXES_NAME) return LIMITS.boxes;
  if (is(EVIDENCE_NAMES)) return LIMITS.evidence;
  if (is(PLAN_NAMES)) return LIMITS.plan;
  if (lower === 'ballots.csv') return LIMITS.ballots;
  if (lower === 'results.json') return LIMITS.resultsJson;
  return candidateFileName(name).kind === 'other' ? null : LIMITS.candidate;
}

/** `folder` relative to the elections directory; null when it lies elsewhere. */
export function relativeFolder(folder: string, electionsDir: string): string | null {
  const base = electionsDir.replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '');
  if (base === '') return folder;
  if (folder === base) return '';
  return folder.startsWith(`${base}/`) ? folder.slice(base.length + 1) : null;
}
