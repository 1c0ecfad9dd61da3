import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { fill } from '../../texts/fill.ts';
import { readProfile } from '../shared/read-profile.ts';
import { useBallot } from './context.ts';

interface Props {
  readonly id: string;
  readonly place: number | null;
  /** The candidates in the order of the list, for the one before and the one after. */
  readonly order: readonly string[];
  readonly onRank: () => void;
  readonly onTurn: (id: string) => void;
  readonly onClose: () => void;
}

/** A candidate's own page, read beside the ballot: the ranking stays as it is. */
export function ProfileDrawer({ id, place, order, onRank, onTurn, onClose }: Props) {
  const { page, nameOf, candidateOf } = useBallot();
  const t = page.texts.ballot;
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'there' | 'failed'>('loading');
  const address = `${page.base}elections/${page.data.key}/candidates/${candidateOf(id).slug}/`;

  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    let stale = false;
    setState('loading');
    readProfile(address).then(
      (article) => {
        if (stale) return;
        body.current?.replaceChildren(article);
        setState('there');
      },
      () => {
        if (!stale) setState('failed');
      },
    );
    return () => {
      stale = true;
    };
  }, [address]);

  // From its beginning, whatever was read before and wherever the focus is.
  useLayoutEffect(() => {
    if (state === 'there') dialog.current?.scrollTo(0, 0);
  }, [state, address]);

  const beside = (step: number): string | undefined =>
    order
      .slice(step < 0 ? 0 : order.indexOf(id) + 1, step < 0 ? order.indexOf(id) : undefined)
      .at(step < 0 ? -1 : 0);
  const turn = (to: string | undefined, text: string) => (
    <button
      type="button"
      className="button quiet"
      disabled={to === undefined}
      onClick={() => onTurn(to ?? id)}
    >
      {text}
    </button>
  );
  return (
    <dialog ref={dialog} className="drawer" aria-label={nameOf(id)} onClose={onClose}>
      <div ref={body} className="drawer-body" hidden={state !== 'there'} />
      {state === 'loading' && <p role="status">{t.profileLoading}</p>}
      {state === 'failed' && (
        <p className="note bad" role="alert">
          {t.profileFailed}{' '}
          <a href={address} target="_blank" rel="noopener">
            {t.profile}
          </a>
        </p>
      )}
      <div className="row-of-buttons">
        <button type="button" className="button" onClick={onRank}>
          {place === null ? t.giveNext : fill(t.leaveOutPlace, { n: place })}
        </button>
        <button type="button" className="button quiet" onClick={() => dialog.current?.close()}>
          {t.profileClose}
        </button>
        {turn(beside(-1), t.profileBefore)}
        {turn(beside(1), t.profileAfter)}
      </div>
    </dialog>
  );
}
