import type { Overview } from '../backend/model.ts';
import { Notice } from './Notice.tsx';

/** The record of what officers and the server did is not as the server wrote it: said where nobody can miss it. */
export function RecordAlarm({ problem }: { problem: Overview['recordProblem'] }) {
  if (problem === null) return null;
  const { kind, seq } = problem;
  return kind === 'record-altered' ? (
    <Notice tone="bad" title="The record was changed">
      <p>
        Entry {seq} of what officers and the server did is not as this server wrote it: somebody changed the
        database. <WhatToDo />
      </p>
    </Notice>
  ) : (
    <Notice tone="bad" title="The end of the record is missing">
      <p>
        From entry {seq} on, what officers and the server did is gone: the database was set back, or somebody
        deleted it. <WhatToDo />
      </p>
    </Notice>
  );
}

const WhatToDo = () => (
  <>
    Do not rely on the record from there on, and tell the operator before you decide or publish anything. The
    ballots are guarded by themselves.
  </>
);
