import { readElection, type Election } from '@elekto/election';
import { describe, expect, it } from 'vitest';
import { driftFrom } from './drift.ts';
import { makeManifest } from './make-manifest.ts';

const YAML = `
name: Steering
start_datetime: 2026-01-01 00:00:00
end_datetime: 2026-02-01 00:00:00
no_winners: 2
election_officers: [linus]
representation_limit: {field: employer, max: 1}
`;

const RUN = {
  kind: 'election',
  run: '00',
  keys: { sealing: 'key', box: '' },
  sourceCommit: 'commit',
} as const;

/** An election whose candidates c0, c1, ... work for these. */
function employed(...employers: string[]): Election {
  const { election } = readElection('x', '', [
    { path: 'x/election.yaml', text: YAML },
    { path: 'x/voters.yaml', text: 'eligible_voters: [ada]' },
    ...employers.map((employer, index) => ({
      path: `x/candidate-c${index}.md`,
      text: `---\nname: C\nID: c${index}\ninfo:\n  - Employer: "${employer}"\n---\n`,
    })),
  ]);
  if (election === null) throw new Error('unreadable');
  return election;
}

describe('the manifest of an election with a limit', () => {
  it('gives candidates of one employer one value, in the spelling of the first', () => {
    const manifest = makeManifest(employed('Acme', 'ACME ', 'Other'), RUN);
    expect(manifest.limitValues).toEqual({ c0: 'Acme', c1: 'Acme', c2: 'Other' });
  });

  it('is not left by another spelling, and is by another employer', () => {
    const manifest = makeManifest(employed('Acme', 'Acme'), RUN);
    const older = { ...manifest, limitValues: { c0: 'acme', c1: 'acme' } };
    expect(driftFrom(older, employed('Acme', 'ACME'))).toEqual([]);
    expect(driftFrom(manifest, employed('Acme', 'Other'))).toHaveLength(1);
  });
});

describe('the key of an election that officers count', () => {
  const board = {
    ...({
      kind: 'election',
      transcriptHash: 'aa',
      publicKey: '',
      threshold: 2,
      until: '2027-01-01',
    } as const),
    officers: [{ login: 'ada', position: 1, signKey: '', receiveKey: '', verification: '' }],
  };
  const file = 'keys/2026.json';
  const manifest = makeManifest({ ...employed('Acme'), custody: { file, board } }, RUN);
  it.each<[string, Election['custody'], boolean]>([
    ['the same file', { file, board, ceremony: 'aa' }, false],
    ['the same file, with which nothing opens today', { file, board: null, ceremony: 'aa' }, false],
    ['the same ceremony under another name', { file: 'keys/b.json', board, ceremony: 'aa' }, false],
    ['a file that was not read', { file, board: null }, false],
    ['another ceremony', { file, board: null, ceremony: 'bb' }, true],
    ['no custody file', undefined, true],
  ])('has changed by what the files name since, or not: %s', (_, custody, isChanged) => {
    const { custody: none, ...apart } = employed('Acme');
    const now = custody === undefined ? apart : { ...apart, custody };
    expect([none, driftFrom(manifest, now)]).toEqual([
      undefined,
      isChanged ? [{ code: 'custody-changed' }] : [],
    ]);
  });
});
