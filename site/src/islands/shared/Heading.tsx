import { useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';

/** The heading of a new step: takes the focus, so that keyboard and screen reader continue there. */
export function Heading({
  children,
  quiet = false,
}: {
  readonly children: ReactNode;
  readonly quiet?: boolean;
}) {
  const ref = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (quiet) return;
    ref.current?.focus({ preventScroll: true });
    ref.current?.closest('.island')?.scrollIntoView({ block: 'start' });
  }, [quiet]);
  return (
    <h2 ref={ref} tabIndex={-1} className="step-title">
      {children}
    </h2>
  );
}
