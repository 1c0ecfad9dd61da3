/**
 * A single-select list that draws only the rows in view, for queues of thousands. Focus stays on the
 * list; the active option is named by aria-activedescendant and each option knows its place in the set,
 * so assistive technology sees the whole list (WAI-ARIA listbox pattern).
 */
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

interface Props<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly rowHeight: number;
  readonly selected: string | null;
  /** Where `selected` is not in the list: how many of the list stand before its place. Default none. */
  readonly before?: number;
  readonly idOf: (item: T) => string;
  readonly onSelect: (id: string) => void;
  readonly children: (item: T) => ReactNode;
}

const OVERSCAN = 6;
/** Above and below, px: a list of few rows is as high as they are. */
const BORDERS = 2;

export function VirtualList<T>({
  label,
  items,
  rowHeight,
  selected,
  before = 0,
  idOf,
  onSelect,
  children,
}: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 600 });
  const index = selected === null ? -1 : items.findIndex((item) => idOf(item) === selected);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void => setScroll({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const element = box.current;
    if (element === null || index < 0) return;
    const top = index * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight;
  }, [index, rowHeight]);

  const move = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(scroll.height / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -items.length,
      End: items.length,
    };
    const step = steps[event.key];
    if (step === undefined || items.length === 0) return;
    event.preventDefault();
    // From between two rows the first step down comes to the lower one, the first step up to the upper one.
    const from = index >= 0 ? index : step > 0 ? before - 1 : before;
    const next = items[Math.min(items.length - 1, Math.max(0, from + step))];
    if (next !== undefined) onSelect(idOf(next));
  };

  const first = Math.max(0, Math.floor(scroll.top / rowHeight) - OVERSCAN);
  const last = Math.min(items.length, Math.ceil((scroll.top + scroll.height) / rowHeight) + OVERSCAN);
  // The active option stays drawn even when scrolled away: aria-activedescendant must point at something.
  const drawn = [...range(first, last)];
  if (index >= 0 && (index < first || index >= last)) drawn.push(index);

  return (
    <div
      ref={box}
      className="virtual-list"
      style={{ maxHeight: items.length * rowHeight + BORDERS }}
      role="listbox"
      aria-label={label}
      data-landing=""
      tabIndex={0}
      aria-activedescendant={index < 0 ? undefined : optionId(label, index)}
      onKeyDown={move}
      onScroll={(event) =>
        setScroll({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
    >
      <div role="presentation" style={{ height: items.length * rowHeight }}>
        {drawn.map((at) => {
          const item = items[at];
          if (item === undefined) return null;
          return (
            <div
              key={idOf(item)}
              id={optionId(label, at)}
              role="option"
              aria-selected={at === index}
              aria-setsize={items.length}
              aria-posinset={at + 1}
              className="virtual-row"
              style={{ top: at * rowHeight, height: rowHeight }}
              onPointerDown={() => onSelect(idOf(item))}
            >
              {children(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const optionId = (label: string, index: number): string => `${label.replace(/\W+/g, '-')}-${index}`;

function* range(from: number, to: number): Generator<number> {
  for (let at = from; at < to; at += 1) yield at;
}
