import { Notice } from '../../parts/Notice.tsx';
import texts from '../../texts/count.json' with { type: 'json' };

/** Nobody's fault or attack but that of a host or of a copy: its sentence says what to do, and to try again. */
const TO_MEND = 'act-repository';

/** What the officer's computer has found and does not act on; nothing while it found nothing. */
export function RefusedNotice({
  title,
  answer,
}: {
  readonly title: string;
  readonly answer: { readonly kind: string; readonly code?: string; readonly message?: string } | undefined;
}) {
  return answer?.kind === 'refused' ? (
    <Notice tone="bad" title={answer.code === TO_MEND ? texts.against : title}>
      <p>{answer.message}</p>
    </Notice>
  ) : null;
}
