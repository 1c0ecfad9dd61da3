/** What the window may ask the server for through the main process; nothing that concerns a ballot. */
export const QUERIES = [
  'me.get',
  'status.get',
  'officer.elections',
  'officer.definition',
  'officer.turnout',
  'officer.exceptions',
  'officer.roll',
  'officer.outcome',
  'officer.publicResult',
  'officer.ballotsCsv',
  'officer.resultsJson',
  'officer.resultsDraft',
  'officer.audit',
  'board.files',
  'board.file',
  'board.custody',
] as const;

export const MUTATIONS = [
  'officer.decide',
  'officer.close',
  'officer.recordTieDecision',
  'officer.published',
  'officer.strike',
  'officer.askRestart',
  'officer.confirmRestart',
  'officer.cancelRestart',
  'officer.rehearse',
] as const;
