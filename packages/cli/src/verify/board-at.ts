/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { readFileSync } from 'node:fs';

import type { BoardBytes, ShownRelease } from '@elekto/protocol/board';
import { CUSTODY_NAME, readResults } from '@elekto/protocol/result';
import type { ResultsFile3 } from '@elekto/protocol/result';
import { checkWords } from '@elekto/words';
import { z } from 'zod';

import { CliError } from '../cli-error.ts';
import { writeOut } from '../terminal.ts';
import type { BoardSource } from './board-source.ts';

/** No file of a board is larger: it is as long as the ballots of half a million voters. */
const MOST_BYTES = 512 * 1024 * 1024;
const PATIENCE_MS = 120_000;

const ADDRESS = /^https?:\/\//;
export const isAddress = (path: string): boolean => ADDRESS.test(path);

/** What lies below an address. */
function baseOf(address: string): URL {
  if (!URL.canParse(address)) throw new CliError(`${address} is no address`);
  return new URL(address.replace(/\/?$/, '/'));
}

/** The election in the path of its page. */
function electionOf({ href, pathname }: URL): string {
  try {
    return decodeURIComponent(pathname.split('/').at(-2) ?? '');
  } catch {
    throw new CliError(`${href} is no address of an election`);
  }
}

/** Everything of a published count, from its address on a site: `https://vote.example.org/elections/steering/2027`. */
export async function boardAt(address: string): Promise<BoardSource> {
  const base = baseOf(address.replace(/\/?results\.json$/, ''));
  const resultsJson = textOf(await fetched(base, 'results.json'), 'results.json');
  const read = readResults(resultsJson);
  if (!read.ok) throw new CliError(`${base.href}results.json: ${checkWords(read, 'en')}`);
  const ballots = await fetched(base, 'ballots.csv').catch(() => null);
  const ballotsCsv = ballots === null ? null : textOf(ballots, 'ballots.csv');
  if (read.value.format !== 'elekto-results/3')
    return { ballotsCsv, resultsJson, board: new Map(), transcript: null };
  const custody = await boardFileAt(base, read.value.election, CUSTODY_NAME);
  return {
    ballotsCsv,
    resultsJson,
    board: await filesAt(base, read.value),
    transcript: textOf(custody, CUSTODY_NAME),
  };
}

async function filesAt(base: URL, { board, election }: ResultsFile3): Promise<BoardBytes> {
  const files = new Map<string, Uint8Array>();
  for (const { name } of board) files.set(name, await boardFileAt(base, election, name));
  return files;
}

/** The files of a board whose folder says that they are at this address; says so before it asks there. */
export function boardElsewhere(address: string, file: ResultsFile3): Promise<BoardBytes> {
  writeOut(`     board: too large for the repository, its files are taken from ${address}\n`);
  return filesAt(baseOf(address), file);
}

/**
 * The closed box of an election that has no result yet, from the server of its page
 * (`https://vote.example.org/elections/steering---2027`). @throws CliError where officers do not count it, or voting goes on.
 */
export async function boxAt(address: string): Promise<ClosedBox> {
  const base = baseOf(address);
  const election = electionOf(base);
  const manifest = await said(base, 'board.manifest', { election });
  const transcript = await said(base, 'board.custody', { election });
  const box = await said(base, 'board.file', { election, name: BOX });
  return { election, manifest, transcript, box: Uint8Array.from(Buffer.from(box, 'base64url')) };
}

const BOX = '00-box.bin';
interface ClosedBox {
  readonly election: string;
  readonly manifest: string;
  readonly transcript: string;
  readonly box: Uint8Array;
}

/** The text that a query of the server answers. */
async function said(base: URL, query: string, input: Readonly<Record<string, string>>): Promise<string> {
  const asked = new URL('/trpc/', base);
  const answer = await fetched(asked, `${query}?input=${encodeURIComponent(JSON.stringify(input))}`);
  const read = answerShape.safeParse(jsonIn(textOf(answer, query)));
  if (read.success) return read.data.result.data;
  throw new CliError(`${asked.origin} did not answer ${query} as an Elekto server of this version does`);
}

/** Whether a result is published at the address. */
export const hasResult = (address: string): Promise<boolean> =>
  fetched(baseOf(address.replace(/\/?results\.json$/, '')), 'results.json').then(
    () => true,
    () => false,
  );

/** From the folder of the address, else from the server that held the election. */
async function boardFileAt(base: URL, election: string, name: string): Promise<Uint8Array> {
  const there = await fetched(base, `board/${name}`).catch(() => null);
  if (there !== null) return there;
  return name === CUSTODY_NAME
    ? Buffer.from(await said(base, 'board.custody', { election }), 'utf8')
    : Uint8Array.from(Buffer.from(await said(base, 'board.file', { election, name }), 'base64url'));
}

/** Undefined for what is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const answerShape = z.object({ result: z.object({ data: z.string() }) });

async function fetched(base: URL, name: string): Promise<Uint8Array> {
  const url = new URL(name, base);
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (answer === null) throw new CliError(`${url.href}: nobody answers`);
  if (!answer.ok || answer.body === null) throw new CliError(`${url.href}: the answer is ${answer.status}`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > MOST_BYTES) throw new CliError(`${url.href}: is larger than any file of a count`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof CliError ? error : new CliError(`${url.href}: the answer broke off`);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CliError(`${name}: is not text in UTF-8`);
  }
}

/** What a server shows of a ballot that left the box; null: nobody signed. */
const releaseShape = z
  .object({ record: z.string(), newHash: z.string().nullable(), release: z.string() })
  .nullable();
const shownShape = z.object({ result: z.object({ data: z.object({ shown: releaseShape }) }) });

/** What a server showed for a receipt, as it was saved. @throws CliError for a file that is none. */
export function readRelease(file: string): ShownRelease | null {
  const read = releaseShape.safeParse(jsonIn(readFileSync(file, 'utf8')));
  if (read.success) return read.data;
  throw new CliError(`${file}: is not a release`);
}

/** What the site's server shows to the holder of a receipt; null when it says that nobody signed, undefined when it does not say. */
export async function releaseAt(
  address: string,
  election: string,
  receipt: string,
): Promise<ShownRelease | null | undefined> {
  const answer = await fetch(new URL('/trpc/ballot.release', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-elekto': '1' },
    body: `{"key":${JSON.stringify(election)},"receipt":${receipt}}`,
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => null);
  const said = shownShape.safeParse(await answer?.json().catch(() => null));
  return said.success ? said.data.result.data.shown : undefined;
}
