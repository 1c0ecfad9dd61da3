/** The checks, in the order they are made. */
export const CHECKS = [
  'format',
  'signature',
  'manifest',
  'ballots',
  'count',
  'root',
  'pairwise',
  'recount',
  'receipt',
  'tracker',
] as const;
export type CheckName = (typeof CHECKS)[number];

/** What a check found, by permanent kind. */
export type CheckCode = keyof typeof SENTENCES;

type Facts = Readonly<Record<string, string | number>>;

/** One thing that was checked, and what was found. */
export interface Check {
  readonly name: CheckName;
  readonly ok: boolean;
  readonly code: CheckCode;
  /** What the sentence speaks of. */
  readonly facts: Facts;
  /** A sentence. */
  readonly message: string;
}

const ballots = (n: string | number | undefined): string => (n === 1 ? '1 ballot' : `${n} ballots`);

const SENTENCES = {
  readable: () => 'results.json can be read.',
  unreadable: ({ why }: Facts) => `results.json is not a results file of Elekto: ${why}.`,

  'signed-known': ({ key, server }: Facts) => `results.json is signed by ${server}, with the key ${key}.`,
  'signed-unknown': ({ key }: Facts) =>
    `results.json is signed with the key ${key}. Nobody here vouches for this key.`,
  'wrong-signature': () =>
    'The signature of results.json is not valid: it was changed, or signed by another server.',
  'other-key': ({ key }: Facts) =>
    `results.json is signed with the key ${key}, which is not the key that it should be.`,

  'manifest-kept': () => 'The rules are those that were fixed when voting began.',
  'manifest-hash': () => 'The manifest does not have the hash it should have.',
  'manifest-rule': ({ why }: Facts) => `The manifest is no manifest: ${why}.`,
  'other-election': ({ election, key }: Facts) =>
    `results.json is of the election ${election}, its manifest of ${key}.`,
  'other-folder': ({ election, folder }: Facts) =>
    `results.json is of the election ${election} and lies in the folder of ${folder}.`,
  'other-commit': () => 'The commit is not the one of the manifest.',
  'struck-stranger': ({ id }: Facts) => `${id} was struck out twice, or never stood.`,

  'ballots-readable': () => 'ballots.csv can be read.',
  'ballots-unreadable': ({ why }: Facts) => `ballots.csv cannot be used: ${why}.`,

  'all-there': ({ n }: Facts) => (n === 1 ? 'The one ballot is there.' : `All ${n} ballots are there.`),
  'number-listed': ({ n }: Facts) => `results.json tells of ${ballots(n)}. They are not published.`,
  'other-number': ({ stated, found }: Facts) =>
    `results.json speaks of ${ballots(stated)}, ballots.csv has ${found}.`,
  'more-than-eligible': ({ cast, eligible }: Facts) =>
    `${ballots(cast)} were cast and ${eligible} people could vote.`,
  'list-unexpected': ({ list }: Facts) => `The election gives no receipts, and there are ${list}.`,
  'list-length': ({ list, stated, found }: Facts) =>
    `There are ${found} ${list}, and ${ballots(stated)} were cast.`,
  'list-order': ({ list }: Facts) => `The ${list} do not ascend, each of them once.`,

  'same-ballots': () => 'The ballots are the ones that were counted, in the same order.',
  'other-ballots': () =>
    'The ballots are not the ones that were counted: one was changed, added, removed or moved.',

  'same-pairs': () => 'The pairwise table follows from the ballots.',
  'other-pairs': () => 'The pairwise table does not follow from the ballots.',

  'same-outcome': ({ elected }: Facts) => `A recount gives the same outcome; elected: ${elected}.`,
  'other-outcome': () => 'A recount gives another outcome.',
  'decision-unused': ({ winners }: Facts) => `The decision for ${winners} settles no tie.`,

  'receipt-counted': () => 'The ballot of this receipt was counted.',
  'receipt-unreadable': ({ why }: Facts) => `The receipt cannot be read: ${why}.`,
  'receipt-other-election': () => 'The receipt belongs to another election.',
  'receipt-voided': ({ at }: Facts) =>
    `The ballot of this receipt was voided by the restart of voting at ${at}, and so were all others of that time.`,
  'receipt-none': () => 'This election gave no receipts.',
  'receipt-other-server': () => 'The receipt was not signed by the server that signed the results.',
  'receipt-not-counted': () =>
    'The receipt is genuine and its ballot was not counted. That is right if the ballot was replaced or withdrawn later; otherwise show the receipt to the election officers.',

  'tracker-found': ({ row }: Facts) => `The ballot of this tracker is row ${row} of ballots.csv.`,
  'tracker-listed': ({ row }: Facts) =>
    `The ballot of this tracker is number ${row} of those counted. The ballots are not published.`,
  'tracker-unknown': () => 'No ballot stands under this tracker.',
} satisfies Record<string, (facts: Facts) => string>;

/** A check with its sentence. */
export function checked(name: CheckName, ok: boolean, code: CheckCode, facts: Facts = {}): Check {
  return { name, ok, code, facts, message: SENTENCES[code](facts) };
}
