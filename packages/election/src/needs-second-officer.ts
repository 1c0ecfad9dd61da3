import { foldLogin } from './login.ts';
import type { Election } from './model.ts';

/**
 * Whether what one officer decides waits for another: on requests and ties with `approvals: 2`. Where the file names one
 * officer alone that one decides, as nobody else could.
 */
export const needsSecondOfficer = ({
  officers,
  approvals,
}: Pick<Election, 'officers' | 'approvals'>): boolean => approvals === 2 && hasSecondOfficer({ officers });

/** Whether the file names more than one officer, however often it names one. */
export const hasSecondOfficer = ({ officers }: Pick<Election, 'officers'>): boolean =>
  new Set(officers.map(foldLogin)).size > 1;
