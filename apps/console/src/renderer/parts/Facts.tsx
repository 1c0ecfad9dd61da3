import type { ReactNode } from 'react';
import { numeral } from '@elekto/words';

/** Numbers worth seeing at once, as a definition list. */
export function Facts({ items }: { items: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === 'number' ? numeral(value, 'en') : value}</dd>
        </div>
      ))}
    </dl>
  );
}
