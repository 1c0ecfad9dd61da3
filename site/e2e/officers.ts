/** Made-up officers who hold a key between them, and an election of the example in their custody. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { finishedKey, proveHolding, shareOf, writeTranscript } from '../../packages/custody/src/index.ts';
import { writeOfficerKeys } from '../../packages/election/src/index.ts';
import { headerOf, keyOf, must, runCeremony } from '../../packages/custody/src/testing.ts';

export const OFFICERS = ['officer-1', 'officer-2', 'officer-3'] as const;
export const OFFICERS_ELECTION = 'steering---sealed';

const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

const FILE = 'keys/2026.json';
const header = headerOf(OFFICERS.length, 2);

async function ceremony() {
  const keys = OFFICERS.map((_, i) => keyOf(i + 1));
  const posts = await runCeremony(header, keys);
  return { keys, posts };
}

/** Adds the election to a copy of the example: the fourth steering committee again, with the key held by three. */
export async function addOfficersElection(meta: string): Promise<void> {
  const { posts } = await ceremony();
  const folder = join(meta, 'elections/steering/sealed');
  cpSync(join(meta, 'elections/steering/term-4'), folder, { recursive: true });
  const file = join(folder, 'election.yaml');
  const text = readFileSync(file, 'utf8')
    .replace(/^election_officers:\n( {2}- .*\n)+/m, `election_officers: [${OFFICERS.join(', ')}]\n`)
    .replace(/^(body|term): .*\n/gm, '')
    .replace('fourth term', 'sealed for its officers');
  writeFileSync(file, `${text}custody: ${FILE}\n`);
  mkdirSync(join(meta, 'elections/keys'), { recursive: true });
  writeFileSync(join(meta, 'elections', FILE), writeTranscript({ header, posts }));
  mkdirSync(join(meta, 'elections/officers'), { recursive: true });
  for (const { login, sign, receive } of header.officers)
    writeFileSync(
      join(meta, `elections/officers/${login}.json`),
      writeOfficerKeys({ login, sign: base64Url(sign), receive: base64Url(receive) }),
    );
}

/** The officer signed in on `page` shows that they hold their share. */
export async function sayReady(page: Page, position: number): Promise<void> {
  const { keys, posts } = await ceremony();
  const own = keys[position - 1];
  const share = own && (await shareOf(header, posts, own));
  if (!share) throw new Error('a share');
  const about = { kind: 'ready', election: OFFICERS_ELECTION } as const;
  const proof = base64Url(proveHolding(must(finishedKey(header, posts)), share, about));
  const status = await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json', 'x-elekto': '1' };
      return (await fetch('/trpc/custody.ready', { method: 'POST', headers, body: JSON.stringify(body) }))
        .status;
    },
    { file: FILE, key: OFFICERS_ELECTION, officer: position, proof },
  );
  if (status !== 200) throw new Error(`officer ${position} was answered ${status}`);
}
