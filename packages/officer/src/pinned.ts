/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { accept, refuse, type Result } from '@elekto/custody';
import type { Election, OfficersBoard } from '@elekto/election';
import { makeManifest } from '@elekto/protocol/manifest';
import { canonicalJson } from '@elekto/wire';
import { z } from 'zod';

/** What a manifest says that no repository does: when, and with which keys of the server, its run began. */
const run = z.looseObject({
  kind: z.enum(['election', 'rehearsal']),
  run: z.string(),
  serverKey: z.string(),
  sourceCommit: z.string(),
  custody: z.string(),
});

const server = { step: 'manifest', party: 'the server' };

/** The commit that a manifest was made at, and the hash (hex) of the ceremony whose key it names. */
export function pinnedIn(manifest: string): Result<{ readonly commit: string; readonly ceremony: string }> {
  const read = run.safeParse(parsed(manifest));
  return read.success
    ? accept({ commit: read.data.sourceCommit, ceremony: read.data.custody })
    : refuse(
        'act-manifest',
        server,
        'what the ballots are said to be sealed for is no manifest of officers.',
      );
}

/** Whether a manifest says what the files of its commit say: the same candidates, rules, officers and key. */
export function checkPinned(manifest: string, election: Election, board: OfficersBoard): Result<null> {
  const read = run.safeParse(parsed(manifest));
  if (!read.success || election.custody === undefined)
    return refuse('act-manifest', server, 'it is none, or the election has no officers who count.');
  const { kind, run: id, serverKey, sourceCommit: commit } = read.data;
  const custody = { ...election.custody, board };
  const made = makeManifest(
    { ...election, custody },
    { kind, run: id, sourceCommit: commit, keys: { sealing: '', box: serverKey } },
  );
  return canonicalJson(made) === manifest
    ? accept(null)
    : refuse(
        'act-manifest',
        server,
        `it says something else than the files of the repository at commit ${commit.slice(0, 12)}: other candidates, rules, officers or another key.`,
      );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
