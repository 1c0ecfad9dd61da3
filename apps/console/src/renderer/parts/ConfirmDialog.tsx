import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './Button.tsx';

interface Props {
  readonly open: boolean;
  /** A question; the two buttons answer it. */
  readonly title: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly danger?: boolean;
  /** Whether what is asked for has been given: then a field in it has the focus (`autoFocus`), and not the way back. */
  readonly ready?: boolean;
  readonly onConfirm: () => void;
  readonly onOpenChange: (open: boolean) => void;
  readonly children: ReactNode;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({
  open,
  title,
  confirm,
  cancel,
  danger,
  ready,
  onConfirm,
  onOpenChange,
  children,
}: Props) {
  return (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={onOpenChange} isDismissable>
      <Modal className="modal">
        <Dialog role="alertdialog" className="dialog">
          <Heading slot="title">{title}</Heading>
          {children}
          <div className="actions">
            <Button onPress={() => onOpenChange(false)} autoFocus={ready === undefined}>
              {cancel}
            </Button>
            <Button
              tone={danger ? 'danger' : 'primary'}
              isDisabled={ready === false}
              onPress={() => {
                onOpenChange(false);
                onConfirm();
              }}
            >
              {confirm}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
