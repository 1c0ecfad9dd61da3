import { useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { Notice } from '../../parts/Notice.tsx';
import texts from '../../texts/void.json' with { type: 'json' };

interface Props {
  readonly message: string;
  readonly isBusy: boolean;
  readonly onTakeBack: () => void;
}

/** The officer has signed that these ballots are void, and a server closed their box: they may be counted after all. */
export function TakeBackVoid({ message, isBusy, onTakeBack }: Props) {
  const [asking, setAsking] = useState(false);
  const { title, text, action, confirm } = texts.back;
  return (
    <>
      <Notice tone="warn" title={title}>
        <p>{message}</p>
        <p>{text}</p>
      </Notice>
      <div className="actions">
        <Button isDisabled={isBusy} onPress={() => setAsking(true)}>
          {action}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        title={confirm.title}
        confirm={confirm.button}
        cancel={confirm.cancel}
        danger
        onConfirm={onTakeBack}
        onOpenChange={setAsking}
      >
        <p>{confirm.text}</p>
      </ConfirmDialog>
    </>
  );
}
