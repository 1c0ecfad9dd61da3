import { goTo } from '../../lib/route.ts';
import { Button } from '../../parts/Button.tsx';
import { Notice } from '../../parts/Notice.tsx';
import texts from '../../texts/count.json' with { type: 'json' };

/** Nobody's fault or attack but that of a host or of a copy: its sentence says what to do, and to try again. */
const TO_MEND = 'act-repository';
/** Nobody's fault either: the officer's key is lost here, or another one lies in its place. */
export const NO_KEY = 'act-key';

interface Props {
  readonly title: string;
  readonly answer: { readonly kind: string; readonly code?: string; readonly message?: string } | undefined;
}

/** What the officer's computer has found and does not act on; nothing while it found nothing. */
export function RefusedNotice({ title, answer }: Props) {
  if (answer?.kind !== 'refused') return null;
  const { code, message } = answer;
  if (code === NO_KEY) return <NoKeyNotice message={message} />;
  return (
    <Notice tone="bad" title={code === TO_MEND ? texts.against : title}>
      <p>{message}</p>
    </Notice>
  );
}

/** Something for the officer to do, and no alarm. */
function NoKeyNotice({ message }: { readonly message: string | undefined }) {
  const { title, text, action } = texts['no-key'];
  return (
    <Notice tone="warn" title={title}>
      <p>{message}</p>
      <p>{text}</p>
      <div className="actions">
        <Button onPress={() => goTo({ page: 'keys' })}>{action}</Button>
      </div>
    </Notice>
  );
}
