import { BallotBoxRow, CheckpointRow, ParticipationRow, UnlockFailure } from './ballots.ts';
import { ElectionRow, ResultRow, RollBinding } from './election.ts';
import { AuditRow, ExceptionRow } from './offices.ts';
import { Session, User } from './people.ts';

export const ENTITIES = [
  User,
  Session,
  ElectionRow,
  RollBinding,
  ResultRow,
  ParticipationRow,
  BallotBoxRow,
  UnlockFailure,
  CheckpointRow,
  ExceptionRow,
  AuditRow,
] as const;
