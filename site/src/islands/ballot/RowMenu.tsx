import { memo, useLayoutEffect, useRef } from 'react';
import { fill } from '../../texts/fill.ts';
import { useBallot } from './context.ts';
import type { RankAct } from './rank-acts.ts';

interface Props {
  readonly id: string;
  readonly ranked: boolean;
  readonly tied: boolean;
  /** Whose place the candidate would share, '' for nobody; null while the menu is closed. */
  readonly aboveNames: string | null;
  /** Opens the menu of a candidate; null closes it. */
  readonly onMenu: (id: string | null) => void;
  readonly act: (id: string, act: RankAct) => void;
  /** Left out where there is no profile. */
  readonly onProfile?: (id: string) => void;
}

/** Everything else that can be done with a candidate. Arrows move, Escape closes and gives the focus back. */
export const RowMenu = memo(function RowMenu(props: Props) {
  const { id, ranked, tied, aboveNames, onMenu, act, onProfile } = props;
  const { page, nameOf } = useBallot();
  const t = page.texts.ballot;
  const open = aboveNames !== null;
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const name = nameOf(id);

  useLayoutEffect(() => {
    if (!open) return;
    const menu = frame.current?.querySelector('[role=menu]');
    menu?.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true });
    menu?.scrollIntoView({ block: 'nearest' });
    const away = (event: Event) => {
      if (!frame.current?.contains(event.target as Node)) onMenu(null);
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open, onMenu]);

  const close = () => {
    onMenu(null);
    button.current?.focus();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const items = [...(frame.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items.at(to % items.length)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
  };
  const item = (text: string, what: RankAct | 'profile') => (
    <li role="none">
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        onClick={() => {
          close();
          if (what === 'profile') onProfile?.(id);
          else act(id, what);
        }}
      >
        {text}
      </button>
    </li>
  );

  return (
    <div className="row-menu" ref={frame}>
      <button
        ref={button}
        type="button"
        className="act icon"
        data-control="menu"
        tabIndex={-1}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={fill(t.moreFor, { name })}
        onClick={() => onMenu(open ? null : id)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowLeft') return;
          event.preventDefault();
          frame.current?.closest('li')?.querySelector<HTMLElement>('[data-control=pick]')?.focus();
        }}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3 8h.01M8 8h.01M13 8h.01" />
        </svg>
      </button>
      {open && (
        <ul role="menu" aria-label={fill(t.moreFor, { name })} onKeyDown={onKeyDown}>
          {onProfile && item(t.profile, 'profile')}
          {ranked && item(t.moveUp, 'up')}
          {ranked && item(t.moveDown, 'down')}
          {aboveNames !== '' && item(fill(t.samePlaceAs, { names: aboveNames }), 'tie')}
          {tied && item(t.ownPlace, 'separate')}
          {ranked ? item(t.leaveOut, 'leave-out') : item(t.giveNext, 'toggle')}
        </ul>
      )}
    </div>
  );
});
