import {
  BallotBoxRow,
  CheckpointRow,
  ParticipationRow,
  ReleasedRecord,
  UnlockFailure,
  VoidedParticipation,
} from './ballots.ts';
import { BoardFileRow, BoardPost } from './board.ts';
import { ElectionRow, ResultRow, RollBinding } from './election.ts';
import { NoteRow } from './notes.ts';
import { AuditRow, ExceptionRow, OfficeRow } from './offices.ts';
import { Installation, Session, User } from './people.ts';

export const ENTITIES = [
  Installation,
  User,
  Session,
  ElectionRow,
  RollBinding,
  ResultRow,
  ParticipationRow,
  VoidedParticipation,
  BallotBoxRow,
  ReleasedRecord,
  UnlockFailure,
  CheckpointRow,
  ExceptionRow,
  OfficeRow,
  AuditRow,
  NoteRow,
  BoardPost,
  BoardFileRow,
] as const;
