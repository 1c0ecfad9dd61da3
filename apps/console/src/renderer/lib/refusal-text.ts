import { Refused, Unreachable } from '../backend/backend.ts';

export interface ErrorText {
  readonly title: string;
  /** What to do next. */
  readonly advice: string;
}

const REFUSALS: Readonly<Record<string, ErrorText>> = {
  'not-signed-in': { title: 'You are not signed in', advice: 'Sign in with GitHub, then try again.' },
  'not-officer': {
    title: 'You are not an officer of this election',
    advice: 'Ask an administrator to add you to election_officers in its election.yaml.',
  },
  'unknown-election': {
    title: 'This election is not in the meta repository',
    advice: 'It may have been renamed or withdrawn. Go back to the list.',
  },
  'election-withdrawn': {
    title: 'This election was withdrawn',
    advice: 'Its folder is gone from the meta repository. It returns with the folder; ballots are kept.',
  },
  'not-ended-yet': {
    title: 'The election has not ended yet',
    advice: 'Results and ballots can be had only after the end. Come back then.',
  },
  'not-open-yet': { title: 'The election has not opened yet', advice: 'Come back after the opening.' },
  waiting: {
    title: 'The election waits for its files',
    advice:
      'It opens by itself when a candidate stands and voters.yaml names voters. See what is wrong on Overview.',
  },
  'not-closed-yet': {
    title: 'The ballot box is not closed yet',
    advice: 'Choose Close and count on the Result page first.',
  },
  'already-closed': { title: 'The ballot box is already closed', advice: 'Reload to see its result.' },
  'already-published': {
    title: 'The result was already published',
    advice: 'Reload to see it. To correct it, open a pull request in the meta repository.',
  },
  conflict: {
    title: 'Somebody else decided this request meanwhile',
    advice: 'Their decision is shown now. Read it, then decide again if you still want to.',
  },
  'unknown-request': { title: 'This request no longer exists', advice: 'Reload the list.' },
  'no-tie': { title: 'There is no tie to decide', advice: 'Every seat is filled by the count.' },
  'tie-open': {
    title: 'A tie for the last seat is open',
    advice: 'Record how it was decided first. Once published it could not be decided any more.',
  },
  'winners-impossible': {
    title: 'These winners cannot be seated together',
    advice: 'The seat limit or the rounds of the count rule it out. Nothing was recorded; choose again.',
  },
  'ballot-box-damaged': {
    title: 'The ballot box does not add up',
    advice: 'Counting was halted and nothing was changed. Tell the operator; do not publish anything.',
  },
  'rehearsal-busy': {
    title: 'Another rehearsal is being held',
    advice: 'The server holds one at a time. Try again in a few seconds.',
  },
  'rehearsal-too-long': {
    title: 'The rehearsal took too long and was given up',
    advice: 'Nothing is left of it. Hold one with fewer ballots.',
  },
  'too-many-attempts': { title: 'Too many attempts', advice: 'Wait a moment, then try again.' },
};

/** What happened and what to do next, for anything that a call can throw. Never internals. */
export function describeError(error: unknown): ErrorText {
  if (error instanceof Refused) {
    return REFUSALS[error.kind] ?? { title: error.message, advice: 'Reload and try again.' };
  }
  if (error instanceof Unreachable) {
    return {
      title: 'The server cannot be reached',
      advice: 'Check your connection. The console keeps trying and shows what it last knew.',
    };
  }
  return {
    title: 'Something went wrong on our side',
    advice: 'Try again. If it happens again, copy the report and send it to the operator.',
  };
}
