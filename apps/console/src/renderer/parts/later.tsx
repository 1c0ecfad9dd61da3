/** Parts that are nothing of the first picture have files of their own. */
import { Component, lazy, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';
import { NotLoadedNotice } from './NotLoadedNotice.tsx';

const parts: (() => Promise<unknown>)[] = [];

/** A part's file did not come: the server is away, or was updated and has files of other names. */
class NotLoaded extends Error {}

/**
 * A part whose file is read when it is shown, or ahead of that (`readAhead`). Where it does not come, that is said in its
 * place, and each press on "try again" asks for it once more; nothing asks by itself.
 */
export function later<P extends object>(read: () => Promise<ComponentType<P>>): ComponentType<P> {
  parts.push(read);
  const fresh = (): LazyExoticComponent<ComponentType<P>> =>
    lazy(() =>
      read().then(
        (part) => ({ default: part }),
        (error: unknown) => {
          throw new NotLoaded('A part of the console did not come.', { cause: error });
        },
      ),
    );
  let part = fresh();
  return class Later extends Component<P, State> {
    override state: State = { error: null, tries: 0 };

    static getDerivedStateFromError(error: unknown): Partial<State> {
      return { error: error ?? new Error('Nothing was thrown.') };
    }

    override componentDidCatch(error: unknown): void {
      // React keeps a failed load for good: whoever shows the part next begins a new one.
      if (error instanceof NotLoaded) part = fresh();
    }

    override render(): ReactNode {
      const { error, tries } = this.state;
      if (error instanceof NotLoaded)
        return (
          <NotLoadedNotice tries={tries} onRetry={() => this.setState({ error: null, tries: tries + 1 })} />
        );
      // What a part throws while it is drawn is not for here.
      if (error !== null) throw error;
      const Part = part as unknown as ComponentType<P>;
      return <Part {...this.props} />;
    }
  };
}

interface State {
  readonly error: unknown;
  /** How often the officer has asked for it again. */
  readonly tries: number;
}

/**
 * Reads the files of all parts, one after another while the browser has nothing else to do: a page that is opened then is
 * there at once, also when the server is away. What cannot be read is asked for again when it is shown.
 */
export function readAhead(): void {
  const read = parts.shift();
  if (read === undefined) return;
  const goOn = (): void => void read().then(readAhead, () => undefined);
  if ('requestIdleCallback' in window) requestIdleCallback(goOn);
  else setTimeout(goOn, 1_000);
}
