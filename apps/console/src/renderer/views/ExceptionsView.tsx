import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Input, Label, SearchField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { hasEnded } from '@elekto/election';
import { numeral, phrase } from '@elekto/words';
import type { ElectionOverview } from '../backend/model.ts';
import { useExceptions } from '../backend/queries.ts';
import { useNow } from '../lib/server-clock.ts';
import { singleKey } from '../lib/single-key.ts';
import { formatUtc } from '../lib/time.ts';
import { Loading } from '../parts/Loading.tsx';
import { ErrorNotice, Notice } from '../parts/Notice.tsx';
import { VirtualList } from '../parts/VirtualList.tsx';
import { ApproveShown } from './exceptions/ApproveShown.tsx';
import { LATE_WORD, STATUS_WORD } from '../lib/request-status.ts';
import texts from '../texts/exceptions.json' with { type: 'json' };
import { countByStatus, filterRequests, neighbour, shownBefore } from './exceptions/filter.ts';
import { RequestDetail } from './exceptions/RequestDetail.tsx';
import { RequestRow } from './exceptions/RequestRow.tsx';
import { useLanding } from './exceptions/use-landing.ts';
import { UNDO_KEY, useUndo } from './exceptions/use-undo.ts';

const ROW_HEIGHT = 58;
const FILTERS = ['open', 'more-information', 'approved', 'declined', 'all'] as const;
type Filter = (typeof FILTERS)[number];

/** The request that is looked at, and in which list it was come upon. */
interface Looked {
  readonly id: string | null;
  readonly list: string;
}

interface Props {
  readonly election: ElectionOverview;
  /** The id of the request that is looked at. */
  readonly item: string | null;
}

/** The queue at the left, the chosen request and its decision at the right. */
export function ExceptionsView({ election, item }: Props) {
  const now = useNow();
  const requests = useExceptions(election.key);
  const isOver = hasEnded(election, now);
  const undo = useUndo(election);
  const queue = useRef<HTMLDivElement>(null);
  useLanding(queue);
  // Who was looked for may have been decided on already.
  const [filter, setFilter] = useState<Filter>(item === null && !isOver ? 'open' : 'all');
  const [search, setSearch] = useState('');
  const [looked, setLooked] = useState<Looked>({ id: item, list: '' });
  const all = useMemo(() => requests.data ?? [], [requests.data]);
  const counts = useMemo(() => countByStatus(all), [all]);
  const shown = useMemo(
    () => filterRequests(all, filter === 'all' ? null : filter, search),
    [all, filter, search],
  );
  if (requests.error && !requests.data)
    return <ErrorNotice error={requests.error} again={() => void requests.refetch()} />;
  if (!requests.data) return <Loading what="the requests" />;
  if (all.length === 0) {
    return (
      <Notice tone="info" title="Nobody has asked for an exception">
        <p>
          {phrase(
            texts.nobody[now > election.exceptionsDueAt ? 'ended' : 'until'],
            { at: formatUtc(election.exceptionsDueAt) },
            'en',
          )}
        </p>
      </Notice>
    );
  }
  const words = isOver ? LATE_WORD : STATUS_WORD;
  const list = `${filter} ${search}`;
  const choose = (id: string): void => setLooked({ id, list });
  // A list that changes by itself never puts another request below the officer's hands: only they choose another one.
  const kept = all.find(({ id }) => id === looked.id);
  const stays = kept !== undefined && (looked.list === list || shown.includes(kept));
  const request = stays ? kept : shown[0];
  if (request !== undefined && (request.id !== looked.id || looked.list !== list)) choose(request.id);
  const isListed = request !== undefined && shown.includes(request);
  const step = (event: KeyboardEvent): void => {
    const key = singleKey(event);
    if (key === UNDO_KEY) undo.take();
    if (key !== 'j' && key !== 'k') return;
    event.preventDefault();
    const next = neighbour(all, shown, request?.id ?? null, key === 'j' ? 1 : -1);
    if (next !== undefined) choose(next.id);
  };
  return (
    // Focusable, so that a click on a text of it leaves its keys alive.
    <div ref={queue} className="queue" tabIndex={-1} onKeyDown={step}>
      <div className="queue-head">
        {isOver ? (
          <Notice tone="info" title={texts.over.title}>
            <p>{phrase(texts.over.text, { at: formatUtc(election.closesAt) }, 'en')}</p>
          </Notice>
        ) : null}
        <ToggleButtonGroup
          className="segments"
          aria-label="Which requests"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[filter]}
          onSelectionChange={(keys) => setFilter([...keys][0] as Filter)}
        >
          {FILTERS.map((name) => (
            <ToggleButton key={name} id={name} className="segment">
              {name === 'all' ? 'All' : words[name]}{' '}
              <span className="soft">{numeral(name === 'all' ? all.length : counts[name], 'en')}</span>
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <SearchField className="field" value={search} onChange={setSearch}>
          <Label className="sr-only">Find by login, name or text</Label>
          <Input placeholder="Find by login, name or text" />
        </SearchField>
      </div>
      <div className="queue-list">
        {shown.length === 0 ? (
          <p className="soft" tabIndex={-1} data-landing="">
            {texts.none[filter === 'open' && search === '' ? 'open' : 'found']}
          </p>
        ) : (
          <VirtualList
            label="Exception requests"
            items={shown}
            rowHeight={ROW_HEIGHT}
            selected={request?.id ?? null}
            before={isListed ? 0 : shownBefore(all, shown, request?.id ?? null)}
            idOf={({ id }) => id}
            onSelect={choose}
          >
            {(item) => <RequestRow request={item} isOver={isOver} />}
          </VirtualList>
        )}
        {filter === 'open' && !isOver ? <ApproveShown election={election} requests={shown} /> : null}
        <p className="soft no-print">
          <kbd>J</kbd> next, <kbd>K</kbd> previous
          {isOver ? null : (
            <>
              , <kbd>A</kbd> approve, <kbd>D</kbd> decline, <kbd>M</kbd> ask for more, <kbd>Z</kbd> undo
            </>
          )}
        </p>
      </div>
      <div className="queue-detail">
        {request === undefined ? null : (
          <RequestDetail key={request.id} request={request} election={election} isOver={isOver} undo={undo} />
        )}
      </div>
    </div>
  );
}
