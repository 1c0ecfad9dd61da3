import { checkBio, type BioRules } from '../checks/bio.ts';
import { checkTime } from '../custody/check-time.ts';
import { checkMeant } from '../checks/meant.ts';
import { checkNames } from '../checks/names.ts';
import { checkNominations } from '../checks/nominations.ts';
import { checkSameNames } from '../checks/same-names.ts';
import { checkTemplateLeft } from '../checks/template-left.ts';
import { ruleIn, type LoginRule } from '../login.ts';
import type { Diagnostic, Election, Instant, ReadElection, SourceFile } from '../model.ts';
import { opens } from '../opens.ts';
import { phaseAt } from '../phase.ts';
import { readFile, type ReadFile } from '../tree/read-file.ts';
import { readTree, type ReadTree } from '../tree/read-tree.ts';

/** An organisation's own rules, and the moment at which names and dates are judged. */
export interface LintRules extends BioRules, LoginRule {
  readonly now: Instant;
}

/**
 * An elections folder as `readTree` gives it, with everything there is to say to whoever reviews a change: what
 * reading found, unsafe names, rules for bios, and an election that should be open and cannot be.
 */
export function lintTree(electionsDir: string, files: readonly SourceFile[], rules: LintRules): ReadTree {
  const texts = new Map(files.map((file) => [file.path, file.text]));
  const tree = readTree(electionsDir, files, ruleIn(rules));
  return {
    ...tree,
    elections: tree.elections.map((read) => ({ ...read, diagnostics: lintElection(read, texts, rules) })),
  };
}

/** A single file, read by what its name says it is, with the rules that can be judged without its neighbours. */
export function lintFile(path: string, text: string, rules: BioRules & LoginRule): ReadFile {
  const read = readFile(path, text, ruleIn(rules));
  if (read.kind !== 'candidate' || !read.candidate) return read;
  return { ...read, diagnostics: [...read.diagnostics, ...checkBio(read.candidate, text, rules)] };
}

function lintElection(
  read: ReadElection,
  texts: ReadonlyMap<string, string>,
  rules: LintRules,
): readonly Diagnostic[] {
  const bioRules = rulesFor(read.election, rules);
  const bios = (read.election?.candidates ?? []).flatMap((candidate) =>
    checkBio(candidate, texts.get(candidate.file) ?? '', bioRules),
  );
  return [
    ...read.diagnostics.map((each) => urgent(each, read, rules.now)),
    ...checkNames(read, rules.now),
    ...checkTime(read, rules.now),
    ...checkMeant(read, texts.get(`${read.folder}/election.yaml`) ?? '', rules.now),
    ...checkSameNames(read.election?.candidates ?? []),
    ...bios,
    ...(read.election === null ? [] : checkTemplateLeft(read.election, rules.now)),
    ...(read.election === null ? [] : checkNominations(read.election, rules.now)),
  ];
}

/** With the election's own limit, where it is the narrower one. */
export function rulesFor(election: Pick<Election, 'nominations'> | null, rules: BioRules): BioRules {
  const own = election?.nominations?.maxWords ?? null;
  return own === null ? rules : { ...rules, maxWords: Math.min(own, rules.maxWords ?? own) };
}

/** A field that nobody knows has no effect, which is found out too late: an error as long as it can be mended. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['field-misspelled', 'field-unknown']);
const NO_EFFECT = 'Remove it, or begin its name with "x_" if it is for a tool of your own.';

/** That an election waits is an error once people are meant to vote in it, and before that what would have no effect. */
function urgent(diagnostic: Diagnostic, { election }: ReadElection, now: Instant): Diagnostic {
  if (election !== null && WITHOUT_EFFECT.has(diagnostic.code) && phaseAt(election, now) === 'upcoming')
    return { ...diagnostic, severity: 'error', hint: diagnostic.hint || NO_EFFECT };
  const waits = election !== null && diagnostic.code === opens(election).waiting;
  return waits && phaseAt(election, now) === 'open' ? { ...diagnostic, severity: 'error' } : diagnostic;
}
