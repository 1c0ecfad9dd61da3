import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import texts from '../texts/palette.json' with { type: 'json' };
import { Shortcuts } from '../views/settings/Shortcuts.tsx';
import { Button } from './Button.tsx';

/** What the keyboard does, over whatever is open. */
export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      onOpenChange={(open) => (open ? undefined : onClose())}
      isDismissable
    >
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">{texts.shortcuts}</Heading>
          <Shortcuts />
          <div className="actions">
            <Button tone="primary" onPress={onClose}>
              {texts.close}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
