/**
 * A receipt of a ballot for officers on the page: in a box that holds it, and in one that does not, by what the server shows of it
 * or does not. The page names the server where it dropped the ballot.
 */
import { renderToStaticMarkup } from 'react-dom/server';
import { canonicalJson, toBase64Url } from '@elekto/wire';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { besideCount, goldenCount } from '../../packages/protocol/tests/support/count.ts';
import { workHere } from '../../tests/support/worker-here.ts';
import { lookInBox } from '../src/islands/find/look-in-box.ts';
import { InBox } from '../src/islands/find/ReceiptInBox.tsx';
import type { Api } from '../src/islands/shared/api.ts';
import { textsOf } from '../src/texts/index.ts';

beforeAll(workHere);
afterAll(() => void vi.unstubAllGlobals());

const count = goldenCount('plain');
const signed = JSON.parse(besideCount('plain/release.json')) as { newHash: string };
const BOX = count.board.get('00-box.bin') as Uint8Array;
const GONE = besideCount('plain/receipt-gone.json');

/** A server that shows this of a ballot that left the box. */
const serverThat = (shows: () => unknown): Api =>
  ({
    board: {
      manifest: { query: () => Promise.resolve(canonicalJson(count.file.manifest)) },
      custody: { query: () => Promise.resolve(count.transcript) },
      file: { query: () => Promise.resolve(toBase64Url(BOX)) },
    },
    ballot: { release: { mutate: () => Promise.resolve().then(() => ({ shown: shows() })) } },
  }) as unknown as Api;

const asked = (): never => {
  throw new Error('nobody answers');
};

async function shownOf(receipt: string, shows: () => unknown, lang: 'en' | 'de' = 'en'): Promise<string> {
  const { manifest, manifestHash, board } = count.file;
  const boxes = [{ hash: board[0]?.sha256 ?? '', manifestHash }];
  const entry = { key: manifest.key, results: null, boxes };
  const checks = await lookInBox(serverThat(shows), entry, receipt);
  const page = { texts: textsOf(lang), lang, api: '', base: '/', data: null } as never;
  return renderToStaticMarkup(<InBox checks={checks} entry={entry as never} page={page} />);
}

describe('a receipt of a ballot for officers, on the page', () => {
  it('is of a ballot in the box, and nobody is asked about that one', async () => {
    const shown = await shownOf(besideCount('plain/receipt.json'), asked);
    expect(shown).toContain('class="note good"');
    expect(shown).toContain('alone for this vote');
  });

  it.each([
    ['the server shows no release', () => null, 'bad', 'signed no release: the server dropped it'],
    [
      'the server shows a release for another ballot than was signed',
      () => ({ ...signed, newHash: 'f'.repeat(64) }),
      'bad',
      'the server dropped it',
    ],
    ['the server does not answer', asked, 'warn', 'Ask the server that held the election'],
    ['its voter signed for another one', () => signed, 'warn', 'its voter put another one in its place'],
  ])('whose ballot is not in the box, where %s', async (_, shows, kind, sentence) => {
    const shown = await shownOf(GONE, shows);
    expect(shown).toContain(`class="note ${kind}"`);
    expect(shown).toContain('ballot is not in the box');
    expect(shown).toContain(sentence);
  });

  it('is said in German too', async () => {
    expect(await shownOf(GONE, () => null, 'de')).toContain('Der Server hat ihn weggelassen');
  });
});
