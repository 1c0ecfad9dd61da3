import type { ShownRelease } from '@elekto/protocol/board';
import type { ResultsFile3 } from '@elekto/protocol/result';
import { connect } from '../shared/api.ts';

/**
 * What the server shows to the holder of a receipt whose ballot left the box; null when it says that nobody signed, undefined when it
 * does not say. Asked without saying who asks.
 */
export async function shownRelease(
  api: string,
  { election }: ResultsFile3,
  receipt: string,
): Promise<ShownRelease | null | undefined> {
  try {
    const given = JSON.parse(receipt) as Parameters<
      ReturnType<typeof connect>['ballot']['release']['mutate']
    >[0]['receipt'];
    const { shown } = await connect(api, 'omit').ballot.release.mutate({ key: election, receipt: given });
    return shown;
  } catch {
    return undefined;
  }
}
