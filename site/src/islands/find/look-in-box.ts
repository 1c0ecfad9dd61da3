import { lookUpReceipt } from '@elekto/protocol/board';
import type { Check } from '@elekto/protocol/result';
import { fromBase64Url } from '@elekto/wire';
import type { ElectionEntry } from '../../feeds/elections-json.ts';
import type { Api } from '../shared/api.ts';
import { shownRelease } from '../shared/shown-release.ts';
import { startPool } from '../shared/task-threads.ts';

const BOX = '00-box.bin';

/**
 * Looks for the ballot of a receipt in the box that officers count. `api` must ask without credentials: the box is fetched whole, and
 * the receipt stays here unless its ballot is not in it. @throws the server's refusal where there is no box yet.
 */
export async function lookInBox(
  api: Api,
  { key, results, boxes }: Pick<ElectionEntry, 'key' | 'results' | 'boxes'>,
  receipt: string,
): Promise<readonly Check[]> {
  const [manifest, transcript, box] = await Promise.all([
    api.board.manifest.query({ election: key }),
    api.board.custody.query({ election: key }),
    api.board.file.query({ election: key, name: BOX }),
  ]);
  const pool = startPool(() => undefined);
  try {
    const question = {
      ...{ receipt, manifest, transcript },
      box: fromBase64Url(box, Math.floor((box.length * 3) / 4)) ?? new Uint8Array(),
      publicKey: results?.publicKey ?? null,
      boxesOnBranch: boxes,
      released: () => shownRelease(api, key, receipt),
    };
    return await lookUpReceipt(question, pool.run);
  } finally {
    pool.end();
  }
}
