/** Where a person stands with an election: what they are told, and the name of the one next step. */
export const standEn = {
  label: 'Where you stand',
  kinds: {
    soon: { title: 'You are on the roll', text: 'You can vote from {opens}.' },
    waiting: {
      title: 'You are on the roll',
      text: 'Voting has not opened although its time has come: something is still missing. The officers see what.',
    },
    'may-vote': {
      title: 'You are on the roll',
      text: 'You can vote, and change your ballot, until {closes}.',
    },
    'vote-again': {
      title: 'Please vote again',
      text: 'Your earlier ballot is void: the officers started voting anew. You can vote until {closes}.',
    },
    voted: { title: 'You have voted', text: 'You can look at your ballot or change it until {closes}.' },
    'may-ask': {
      title: 'You are not on the voter roll',
      text: 'If you should be, ask the officers for an exception until {due}. If you have another account, sign in with it.',
    },
    asked: {
      title: 'You have asked for an exception',
      text: 'The officers have not decided yet. Nothing to do for now.',
    },
    'more-asked': {
      title: 'The officers ask you for more',
      text: 'They decide on your exception once they have your answer. Answer before {closes}.',
    },
    approved: {
      title: 'Approved, and being added to the roll',
      text: 'You can vote as soon as the officers have added your name. Come back before {closes}.',
    },
    declined: {
      title: 'Your exception was declined',
      text: 'You are not on the voter roll. What the officers wrote stands beside your request.',
    },
    'too-late': {
      title: 'You are not on the voter roll',
      text: 'The time to ask for an exception ended on {due}. The officers may still put you on the roll: write to them.',
    },
    taken: {
      title: 'Your name on the roll is taken',
      text: 'It is another account’s: it has voted under your login, or its number stands on the roll. Tell the officers.',
    },
    'over-voted': { title: 'You have voted', text: 'Voting is over. The result will be published here.' },
    'over-counted': {
      title: 'You have voted',
      text: 'Your ballot was counted. With your passphrase you can find it among the counted ones.',
    },
    'over-destroyed': {
      title: 'You have voted',
      text: 'Your ballot was counted. What led from you to it is destroyed, so it cannot be found with a passphrase.',
    },
    'over-boxed': {
      title: 'You have voted',
      text: 'Voting is over. The officers open all ballots together; nothing leads from you or your passphrase to one of them. Your receipt tells whether your ballot is in the box that they count.',
    },
    'over-not-voted': {
      title: 'Voting is closed',
      text: 'There is no ballot of yours in this election: none was cast, or it was withdrawn.',
    },
    'over-not-on-roll': { title: 'Voting is closed', text: 'You were not on the voter roll.' },
    'over-elsewhere': {
      title: 'Voting is closed',
      text: 'This election was held elsewhere: nothing is known here of who has voted.',
    },
  },
  next: {
    vote: 'Go to the ballot',
    look: 'Your ballot',
    ask: 'Ask for an exception',
    request: 'See your request',
    reply: 'Read and answer',
    officers: 'Who the officers are',
    find: 'Find my ballot',
    receipt: 'Look up my receipt',
    results: 'To the result',
  },
  /** Until when a passphrase leads to its ballot. */
  links: {
    published:
      'A passphrase finds its ballot until two weeks after the result is published: if voting ends as announced, at least until {when}. Then what leads from the voter to the ballot is destroyed.',
    at: 'A passphrase finds its ballot until {when}. Then what leads from the voter to the ballot is destroyed.',
    close:
      'A passphrase opens its ballot until voting closes. Then officers open all ballots together, and nothing leads from a person to a ballot.',
    count:
      'With the count everything that leads from a voter to a ballot is destroyed: no passphrase finds one then.',
  },
};
