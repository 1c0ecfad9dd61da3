import type { EntityManager, InferKyselyTable, Kysely } from '@mikro-orm/sql';
import type {
  BallotBoxRow,
  CheckpointRow,
  ParticipationRow,
  ReleasedRecord,
  UnlockFailure,
  VoidedParticipation,
} from './entities/ballots.ts';
import type { BoardFileRow, BoardPost } from './entities/board.ts';
import type { ElectionRow, ResultRow, RollBinding } from './entities/election.ts';
import type { NoteRow } from './entities/notes.ts';
import type { AuditRow, ExceptionRow, OfficeRow } from './entities/offices.ts';
import type { Installation, Session, User } from './entities/people.ts';

/** The tables by name, their columns typed from the entities. */
export interface Tables {
  installation: InferKyselyTable<typeof Installation>;
  user_account: InferKyselyTable<typeof User>;
  session: InferKyselyTable<typeof Session>;
  election: InferKyselyTable<typeof ElectionRow>;
  roll_binding: InferKyselyTable<typeof RollBinding>;
  result: InferKyselyTable<typeof ResultRow>;
  participation: InferKyselyTable<typeof ParticipationRow>;
  voided_participation: InferKyselyTable<typeof VoidedParticipation>;
  ballot_box: InferKyselyTable<typeof BallotBoxRow>;
  released_record: InferKyselyTable<typeof ReleasedRecord>;
  unlock_failure: InferKyselyTable<typeof UnlockFailure>;
  checkpoint: InferKyselyTable<typeof CheckpointRow>;
  exception_request: InferKyselyTable<typeof ExceptionRow>;
  office: InferKyselyTable<typeof OfficeRow>;
  audit_event: InferKyselyTable<typeof AuditRow>;
  note: InferKyselyTable<typeof NoteRow>;
  board_post: InferKyselyTable<typeof BoardPost>;
  board_file: InferKyselyTable<typeof BoardFileRow>;
}

/**
 * Typed statements inside `em`'s transaction, when it has one. Values are always bound, never written
 * into the statement's text, so no statement log of the database can hold them.
 */
export function tables(em: EntityManager): Kysely<Tables> {
  return em.getKysely<Tables>();
}
