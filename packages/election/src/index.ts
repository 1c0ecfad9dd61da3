export * from './model.ts';
export { matchIds, type MatchedIds } from './candidate/match-ids.ts';
export { namesApart } from './candidate/names-apart.ts';
export { readCandidateFile } from './candidate/read-candidate.ts';
export { standing } from './candidate/withdrawn.ts';
export { readDefinition } from './definition/read-definition.ts';
export { FIELD_NAMES, type FieldName } from './definition/keys.ts';
export { MARKDOWN_LIMITS, markdownExcess, type MarkdownExcess } from './markdown-limits.ts';
export { countWords, type BioRules } from './checks/bio.ts';
export { countedEndorsements } from './nominations/endorsements.ts';
export { answersIn } from './nominations/questions.ts';
export { yamlText } from './nominations/template.ts';
export { nominationsAt, type NominationsPhase } from './nominations/window.ts';
export { bodyOf, bodySlug, type BodyName } from './body.ts';
export { termEnd, termEnds } from './term.ts';
export { organisationName } from './common-organisation.ts';
export { isFormula, unsafeIn } from './checks/names.ts';
export { mayBeMisnamed, misnamedCandidate } from './lint/misnamed.ts';
export { lintFile, lintTree, type LintRules } from './lint/lint.ts';
export { addVoters, RollEditError, type AddedVoters } from './edit/add-voters.ts';
export { removeVoters } from './edit/remove-voters.ts';
export { fixFile } from './edit/fix-file.ts';
export type { ReadFile } from './tree/read-file.ts';
export { fieldValue, foldFieldValue, groupValues, limitValues } from './candidate/field-value.ts';
export { keyStanding, type KeyStanding } from './results-keys/known-key.ts';
export { readResultsKeys } from './results-keys/read-results-keys.ts';
export { NO_SITE, readSiteFile } from './site-file/read-site-file.ts';
export { candidateFileName, type CandidateFileName } from './candidate/file-name.ts';
export { readInstant, type ReadInstant } from './instant.ts';
export { folderToKey, keyToFolders } from './key.ts';
export { linkInRepository, type RepositoryLink } from './repository-link.ts';
export {
  changePage,
  filePage,
  hostKind,
  linePage,
  hostName,
  newFilePage,
  type NewFilePage,
  REPOSITORY_HOSTS,
  type RepositoryHost,
  type RepositoryPage,
} from './repository-pages.ts';
export { STEERING } from './text.ts';
export { nearestWord } from './nearest.ts';
export { readPlan } from './plan/read-plan.ts';
export { readVoters, type VotersReading } from './roll/read-voters.ts';
export { LIMITS } from './limits.ts';
export {
  botIn,
  cleanLogin,
  foldLogin,
  isPossibleLogin,
  type LoginRule,
  officeOf,
  ruleIn,
  sameLogin,
  splitAccount,
  withAccount,
} from './login.ts';
export { accountsIn, isEligible, nameOf, rollNames, type RollNames } from './roll/roll-names.ts';
export { hasSecondOfficer, needsSecondOfficer } from './needs-second-officer.ts';
export { opens, WAITING_REASONS, type Opening, type WaitingReason } from './opens.ts';
export { STAGES, type Stage } from './stages.ts';
export { acceptsExceptions, hasEnded, nextChangeAt, phaseAt } from './phase.ts';
export { isDefinitionName, relativeFolder, ROOT_FILES, sizeLimitOf } from './tree/files.ts';
export type { CustodyFile, CustodyFolders, OfficerKeys } from './custody/model.ts';
export { NO_CUSTODY } from './custody/model.ts';
export { CUSTODY_FOLDERS, readCustodyFolders } from './custody/read-folders.ts';
export { readBoard } from './custody/read-board.ts';
export { checkTime } from './custody/check-time.ts';
export { custodyGone } from './custody/gone.ts';
export { custodyWayOut } from './custody/way-out.ts';
export { BOXES_NAME, boxLine, readBoxes } from './custody/read-boxes.ts';
export { INSPECTION } from './definition/inspection.ts';
export { readOfficerKeys, writeOfficerKeys } from './custody/read-officer-keys.ts';
export { ownersIn, whoseKey } from './custody/whose-key.ts';
export type { KeyOwner } from './custody/whose-key.ts';
export { withBoards } from './custody/with-boards.ts';
export { readElection } from './tree/read-election.ts';
export {
  custodyDiagnostics,
  electionFolders,
  readKeysFile,
  readRootFiles,
  readTree,
  withUniqueKeys,
  type ReadTree,
} from './tree/read-tree.ts';
export { doubtsAbout, PLACEHOLDERS } from './checks/meant.ts';
