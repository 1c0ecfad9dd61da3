/** Why a ceremony is void or not finished: what is said of the step and the party that are named before it. */
export const SENTENCES = {
  extra: 'it has more posts than n deals and n confirmations, or another order.',
  writer: 'whoever wrote the custody file',
  unfinished: 'it is not finished; they are waited for.',
  confirmedToo: 'they also confirmed all deals.',
  noSuchDeal: 'it is about a deal that is not there.',
  unanswered: 'a complaint about it was not answered.',
  wrongShare: (login: string) => `the share for ${login} is not what the commitments say.`,
  rightShare: (login: string) => `the share that ${login} dealt is right.`,
  neutral: 'the key is the neutral element.',
  otherDeals: 'it is not for these deals and this key.',
  twoWords: 'two different ones are signed for one place.',
} as const;
