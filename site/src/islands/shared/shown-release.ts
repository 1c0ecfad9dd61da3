import type { ShownRelease } from '@elekto/protocol/board';
import type { Api } from './api.ts';

/**
 * What the server shows to the holder of a receipt whose ballot left the box; null when it says that nobody signed, undefined when it
 * does not say. `api` must ask without credentials.
 */
export async function shownRelease(
  api: Api,
  key: string,
  receipt: string,
): Promise<ShownRelease | null | undefined> {
  try {
    const given = JSON.parse(receipt) as Parameters<Api['ballot']['release']['mutate']>[0]['receipt'];
    const { shown } = await api.ballot.release.mutate({ key, receipt: given });
    return shown;
  } catch {
    return undefined;
  }
}
