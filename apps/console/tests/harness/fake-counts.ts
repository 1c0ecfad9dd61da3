/** The count of an election by officers as the desktop app would find it, at a moment of it. */
import type { CountBox, CountEffort, CountRepository, CountState } from '../../src/shared/count.ts';
import type { HostCounts } from '../../src/renderer/host/host.ts';
import { Unreachable } from '../../src/renderer/backend/backend.ts';
import { NOW } from './fixtures.ts';

const HOUR = 3_600_000;
const officers = (mixed: readonly number[], decrypted: readonly number[]): CountBox['officers'] =>
  ['edda-lind', 'rui-tavares', 'sam-riva'].map((login, i) => ({
    login,
    mixed: mixed.includes(i + 1),
    decrypted: decrypted.includes(i + 1),
    own: i === 0,
  }));
const boxHash = '3f'.repeat(32);
const box: CountBox = {
  kind: 'box',
  ballots: 41,
  boxHash,
  line: `sha256:${boxHash} ${'a7'.repeat(32)}`,
  boxFile: 'elections/steering/term-5/box.txt',
  inspectedAt: NOW - HOUR,
  threshold: 2,
  officers: officers([], []),
  due: 'mix',
  note: null,
  decision: 1,
  ties: [],
  against: null,
};

/** A box on a computer whose keyring was reset. */
const lostKey: CountBox = {
  ...box,
  officers: box.officers.map((officer) => ({ ...officer, own: false })),
  due: 'wait',
  against: {
    code: 'act-key',
    message:
      'Count, this computer: no key of this computer holds a share of this election. Shares are held by edda-lind, rui-tavares, sam-riva.',
  },
};

/** A tie as rui-tavares has signed it. */
const tieBy = (winner: string): CountBox => ({
  ...box,
  officers: officers([1, 2], [1, 2]),
  due: 'counted',
  ties: [
    {
      ...{ winners: [winner], how: 'Drawn by lot in the public meeting of 4 October', at: NOW - HOUR },
      ...{ by: ['rui-tavares'], own: false },
    },
  ],
});

/** What there is at each moment. */
const SCENES: Readonly<Record<string, CountState>> = {
  repository: { kind: 'repository' },
  'no-box': { kind: 'no-box' },
  away: {
    kind: 'refused',
    code: 'act-repository',
    message:
      'Repository, this computer: it remembers no run of steering---term-5, so it looks for other runs in the history since its custody file came, and cannot. The repository https://github.com/driftwood/meta cannot be read: ENOTFOUND. Nothing is signed, mixed or decrypted without it: put that right, and try again.',
  },
  refused: {
    kind: 'refused',
    code: 'mix-permutation',
    message:
      'Mix 1, rui-tavares: its proof does not hold: the ballots that leave it are not those that came.',
  },
  /** A server that offers somebody's ballot as what is proven. */
  challenge: {
    kind: 'refused',
    code: 'act-manifest',
    message: 'Manifest, the server: what the ballots are said to be sealed for is no manifest of officers.',
  },
  /** Files that say something else than the server. */
  'other-rules': {
    kind: 'refused',
    code: 'act-manifest',
    message:
      'Manifest, the server: it says something else than the files of the repository at commit 0123456789ab: other candidates, rules, officers or another key.',
  },
  replaced: {
    kind: 'refused',
    code: 'act-history',
    message:
      'Alive, whoever writes to the repository: the history of the repository was replaced since you last looked.',
  },
  'no-key': {
    kind: 'refused',
    code: 'act-key',
    message: 'Alive, this computer: no key of this computer holds a share of this election.',
  },
  'lost-key': lostKey,
  'lost-key-early': { ...lostKey, inspectedAt: NOW + 20 * HOUR },
  'no-answer': { kind: 'no-box' },
  propose: {
    ...box,
    against: {
      code: 'act-not-on-branch',
      message: 'Box, the server: the hash of this box does not stand on the protected branch.',
    },
  },
  inspection: {
    ...box,
    inspectedAt: NOW + 20 * HOUR,
    against: { code: 'act-inspection', message: 'Box, the server: the box is still open to inspection.' },
  },
  'two-boxes': {
    ...box,
    against: {
      code: 'act-two-boxes',
      message: 'Box, the server: another box of this election stands on the branch, or stood there.',
    },
  },
  history: {
    ...box,
    against: {
      code: 'act-history',
      message:
        'Box, whoever writes to the repository: the history of the repository was replaced since you last looked.',
    },
  },
  voided: {
    ...box,
    against: {
      code: 'act-voided',
      message:
        'Void, the server: you have signed that these ballots are void, and it closed their box all the same. If too few officers signed that, take it back, and they are counted.',
    },
  },
  mix: box,
  moved: {
    ...box,
    note: 'The election names keys/2027.json since the opening, and its ballots are sealed to the key of keys/2026.json. The count goes on with that key. Whoever may merge writes "custody: keys/2026.json" into its election.yaml again.',
  },
  wait: { ...box, officers: officers([1], []), due: 'wait' },
  decrypt: { ...box, officers: officers([1, 2], []), due: 'decrypt' },
  tie: tieBy('ines-carvalho'),
  'tie-anew': tieBy('ines-carvalho'),
  counted: { ...box, officers: officers([1, 2], [1, 2]), due: 'counted' },
};

const WORK_MS = 1200;

/** Null for no scene: the browser's console, which holds no key. */
export function createFakeCounts(scene: string | null): HostCounts | null {
  const first = scene === null ? undefined : SCENES[scene];
  if (first === undefined) return null;
  let state = first;
  let chosen: CountRepository | null = null;
  let isActing = false;
  let voids = [{ login: 'rui-tavares', reason: 'A candidate was missing on the ballot' }];
  const listeners = new Set<(effort: CountEffort) => void>();
  const work = async (election: string, kind: CountEffort['kind']): Promise<void> => {
    for (const tell of listeners) tell({ election, kind, expected: 3000 });
    await new Promise((resolve) => setTimeout(resolve, WORK_MS));
  };
  return {
    look: async () => {
      const seen = state.kind === 'repository' && chosen !== null ? box : state;
      // One that begins during an act says later what was so before it.
      if (isActing) await new Promise((resolve) => setTimeout(resolve, 2 * WORK_MS));
      return seen;
    },
    act: async (election) => {
      isActing = true;
      await work(election, state.kind === 'box' && state.due === 'decrypt' ? 'decrypt' : 'mix');
      isActing = false;
      state =
        state.kind === 'box' && state.due === 'decrypt'
          ? { ...box, officers: officers([1, 2], [1]), due: 'wait' }
          : { ...box, officers: officers([1], []), due: 'wait' };
      return state;
    },
    takeBackVoid: async (election) => {
      await work(election, 'box');
      state = box;
      return state;
    },
    decideTie: async (election, words) => {
      await work(election, 'check-mix');
      if (scene === 'tie-anew') state = tieBy('kaito-mori');
      if (words.of === null) return { kind: 'signed', by: 1 };
      const theirs = state.kind === 'box' ? state.ties : [];
      return theirs.some(({ winners }) => winners.join(' ') === words.winners.join(' '))
        ? { kind: 'signed', by: 2 }
        : {
            kind: 'refused',
            code: 'decision-differs',
            message: `Tie decision, ${words.of.login}: what they have signed by now is not what you have read.`,
          };
    },
    lookAtVoids: async () => ({ kind: 'voids', threshold: 2, signed: voids }),
    signVoid: async (election, reason) => {
      if (state.kind === 'repository' && chosen === null) return { kind: 'repository' };
      if (state.kind === 'refused') return state;
      await work(election, 'box');
      voids = [...voids, { login: 'edda-lind', reason }];
      return { kind: 'voids', threshold: 2, signed: voids };
    },
    sayAlive: async (election) => {
      if (state.kind === 'repository' && chosen === null) return { kind: 'repository' };
      await work(election, 'box');
      if (scene === 'no-answer') throw new Unreachable('fetch failed');
      return state.kind === 'refused' ? state : { kind: 'alive', officers: 1, note: null };
    },
    chooseRepository: async (repository) => {
      chosen = repository;
      return null;
    },
    onEffort: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
