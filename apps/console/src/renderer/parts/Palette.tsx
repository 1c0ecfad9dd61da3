import { useDeferredValue, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import type { ElectionOverview } from '../backend/model.ts';
import { useAtHand } from '../backend/use-at-hand.ts';
import { entriesOf, meant, type Action, type Entry } from '../lib/palette.ts';
import { goTo, type Route } from '../lib/route.ts';
import { serverNow } from '../lib/server-clock.ts';
import texts from '../texts/palette.json' with { type: 'json' };

interface Props {
  readonly elections: readonly ElectionOverview[];
  readonly route: Route;
  readonly onAction: (action: Action) => void;
  readonly onClose: () => void;
}

/** Ctrl/Cmd-K: every election, page, person and action by a few letters of its name. */
export function Palette({ elections, route, onAction, onClose }: Props) {
  // What was offered stays in its place while somebody reads it.
  const [now] = useState(serverNow);
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const atHand = useAtHand(elections, route);
  const wanted = useDeferredValue(typed);
  const entries = useMemo(() => entriesOf(elections, now, atHand), [elections, now, atHand]);
  const shown = meant(entries, wanted);
  const chosen = Math.min(at, shown.length - 1);
  const take = ({ does }: Entry): void => {
    onClose();
    if ('route' in does) goTo(does.route);
    else onAction(does.action);
  };
  const press = (event: KeyboardEvent): void => {
    // Who types fast and presses Enter means what was typed, not what the list still shows of fewer letters.
    const entry = wanted === typed ? shown[chosen] : meant(entries, typed)[at];
    if (event.key === 'Enter' && entry !== undefined) take(entry);
    else if (event.key === 'ArrowDown') setAt((chosen + 1) % Math.max(1, shown.length));
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + shown.length) % Math.max(1, shown.length));
    else return;
    event.preventDefault();
  };
  return (
    <ModalOverlay
      className="overlay overlay-top"
      isOpen
      onOpenChange={(open) => (open ? undefined : onClose())}
      isDismissable
    >
      <Modal className="modal palette">
        <Dialog aria-label={texts.title} className="palette-dialog">
          <input
            className="palette-input"
            role="combobox"
            aria-label={texts.title}
            aria-expanded
            aria-controls={`${id}-list`}
            aria-activedescendant={shown.length === 0 ? undefined : `${id}-${chosen}`}
            aria-autocomplete="list"
            placeholder={texts.placeholder}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            // The dialog was opened to type into it.
            autoFocus
            onChange={(event) => {
              setTyped(event.target.value);
              setAt(0);
            }}
            onKeyDown={press}
          />
          <ul id={`${id}-list`} className="palette-list" role="listbox" aria-label={texts.title}>
            {shown.map((entry, index) => (
              <Option
                key={`${entry.group} ${entry.label} ${entry.hint} ${index}`}
                id={`${id}-${index}`}
                entry={entry}
                isChosen={index === chosen}
                isFirst={shown[index - 1]?.group !== entry.group}
                onTake={() => take(entry)}
              />
            ))}
          </ul>
          <p className="palette-foot" role="status">
            {shown.length === 0 ? texts.none : texts.hint}
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface OptionProps {
  readonly id: string;
  readonly entry: Entry;
  readonly isChosen: boolean;
  /** The group is named at its first entry. */
  readonly isFirst: boolean;
  readonly onTake: () => void;
}

function Option({ id, entry: { group, label, hint }, isChosen, isFirst, onTake }: OptionProps) {
  return (
    // The keys are those of the field, which keeps the focus.
    <li
      id={id}
      className="palette-option"
      role="option"
      aria-selected={isChosen}
      ref={(element) => {
        if (isChosen) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={onTake}
    >
      <span className="palette-label">{label}</span>
      <span className="soft">{hint}</span>
      <span className="palette-group soft">{isFirst ? texts.groups[group] : ''}</span>
    </li>
  );
}
