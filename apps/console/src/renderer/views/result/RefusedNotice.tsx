import { Notice } from '../../parts/Notice.tsx';

/** What the officer's computer has found and does not act on; nothing while it found nothing. */
export function RefusedNotice({
  title,
  answer,
}: {
  readonly title: string;
  readonly answer: { readonly kind: string; readonly message?: string } | undefined;
}) {
  return answer?.kind === 'refused' ? (
    <Notice tone="bad" title={title}>
      <p>{answer.message}</p>
    </Notice>
  ) : null;
}
