import { Notice } from '../../parts/Notice.tsx';
import texts from '../../texts/count.json' with { type: 'json' };

/** What the files of a count say of its key otherwise since the opening, and who mends it; nothing where they say the same. */
export function MovedNotice({ note }: { readonly note: string | null }) {
  return note === null ? null : (
    <Notice tone="warn" title={texts.moved}>
      <p>{note}</p>
    </Notice>
  );
}
