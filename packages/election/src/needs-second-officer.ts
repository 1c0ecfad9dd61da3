import { foldLogin, type LoginRule } from './login.ts';
import type { Election } from './model.ts';

/**
 * Whether what one officer decides waits for another: on requests and ties with `approvals: 2`. Where the file names one
 * officer alone that one decides, as nobody else could.
 */
export const needsSecondOfficer = (election: Pick<Election, 'officers' | 'approvals'> & LoginRule): boolean =>
  election.approvals === 2 && hasSecondOfficer(election);

/** Whether the file names more than one officer, however often it names one. */
export const hasSecondOfficer = (election: Pick<Election, 'officers'> & LoginRule): boolean =>
  new Set(election.officers.map((login) => foldLogin(login, election))).size > 1;
