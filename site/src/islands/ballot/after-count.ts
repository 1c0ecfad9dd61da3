import type { Manifest } from '@elekto/protocol/manifest';

/**
 * Whether a passphrase finds its ballot among the counted ones: by the tracker that is computed from it. Where officers open
 * the ballots nothing leads from one to the other, and without receipts no trackers are published.
 */
export const isFoundAfterCount = ({ suite, receipts }: Pick<Manifest, 'suite' | 'receipts'>): boolean =>
  suite === 1 && receipts !== 'none';
