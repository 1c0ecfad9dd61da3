import { BoxDamaged } from '../box-damaged.ts';

/** So many at a time, so that none of the reads takes long. */
export const PAGE = 100;

/**
 * The rows of all accounts, a page at a time: `page` reads at most `PAGE` of them behind an account, in the order of accounts,
 * which is that of no cast; from the first with null.
 *
 * @throws BoxDamaged when the accounts are no texts.
 */
export async function* inPages<Row extends { readonly user: string }>(
  page: (after: string | null) => Promise<readonly Row[]>,
): AsyncGenerator<Row> {
  const ends = new Set<string>();
  let rows = await page(null);
  yield* rows;
  for (let last = rows.at(-1); last !== undefined && rows.length === PAGE; last = rows.at(-1)) {
    // An id that is no text comes out as another than the database compares: pages would come again without end.
    if (ends.has(last.user)) throw new BoxDamaged('the accounts of those who took part are no texts');
    ends.add(last.user);
    rows = await page(last.user);
    yield* rows;
  }
}
