import { writeOfficerKeys } from '@elekto/election';
import type { OwnKey } from '../../../shared/keys.ts';

/** The text of `officers/<login>.json` for a key of this computer. */
export const officerFile = ({ login, sign, receive }: OwnKey): string =>
  writeOfficerKeys({ login, sign, receive });
