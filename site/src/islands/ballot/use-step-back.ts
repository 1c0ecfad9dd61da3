import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * The browser's Back goes one step back on this page instead of leaving it: each deeper step (0 is the first) is an
 * entry in the history. `onBack` is called with the step to show.
 */
export function useStepBack(step: number, onBack: (step: number) => void): void {
  const latest = useRef({ step, onBack });
  useLayoutEffect(() => {
    latest.current = { step, onBack };
  });
  const depth = useRef(0);
  useEffect(() => {
    while (depth.current < step) history.pushState({ step: ++depth.current }, '');
    if (depth.current > step) {
      history.go(step - depth.current);
      depth.current = step;
    }
  }, [step]);
  useEffect(() => {
    const back = (event: PopStateEvent) => {
      const to = Number((event.state as { step?: unknown } | null)?.step ?? 0);
      depth.current = to;
      if (to < latest.current.step) latest.current.onBack(to);
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
}
