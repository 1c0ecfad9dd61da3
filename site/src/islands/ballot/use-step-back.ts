import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * The browser's Back goes one step back on this page instead of leaving it: each step is an entry in the history, and
 * so is the first (1), because before it may lie the page of the sign-in. `onBack` goes back by one step, or answers false where
 * the page stays as it is. From the first step Back leads to `before`.
 */
export function useStepBack(step: number, before: string, onBack: () => boolean): void {
  const latest = useRef({ step, before, onBack });
  useLayoutEffect(() => {
    latest.current = { step, before, onBack };
  });
  const depth = useRef<number | null>(null);
  useEffect(() => {
    // A page that was loaded again stands where it was in the history.
    if (history.state === null) history.replaceState({ step: 0 }, '');
    depth.current ??= stepOf(history.state);
    while (depth.current < step) history.pushState({ step: ++depth.current }, '');
    if (depth.current > step) {
      history.go(step - depth.current);
      depth.current = step;
    }
  }, [step]);
  // Each step begins with its heading; where the one that is left was scrolled to is no place in it.
  useLayoutEffect(() => {
    history.scrollRestoration = 'manual';
    return () => void (history.scrollRestoration = 'auto');
  }, []);
  useEffect(() => {
    const back = (event: PopStateEvent) => {
      const now = latest.current;
      // A link within the page, as that to the content: it is no step, and the way back over it is none either. Every other
      // entry of this page has a state.
      if (event.state === null) {
        history.replaceState({ step: depth.current }, '');
        return;
      }
      const to = stepOf(event.state);
      depth.current = to;
      if (to >= now.step) return;
      if (to === 0 && now.step === 1) return leave(now.before);
      if (!now.onBack()) while (depth.current < now.step) history.pushState({ step: ++depth.current }, '');
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
}

const stepOf = (state: unknown): number => Number((state as { step?: unknown } | null)?.step ?? 0);

/** To the page of this site that the visitor came from, else to `before`. */
function leave(before: string): void {
  const from = document.referrer === '' ? null : new URL(document.referrer);
  if (from?.origin === location.origin && from.pathname !== location.pathname) history.back();
  else location.replace(before);
}
