import { useState, type ReactNode } from 'react';
import { Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { numeral } from '@elekto/words';
import { Button } from './Button.tsx';
import { FoldedIcon, OpenedIcon } from './icons.tsx';

interface Props {
  readonly title: string;
  /** How many there are of what it holds, told beside the title. */
  readonly count?: number;
  readonly children: ReactNode;
  readonly open?: boolean;
}

/** Detail that is there for whoever asks; nothing of it is drawn before. */
export function FoldedPart({ title, count, children, open = false }: Props) {
  const [expanded, setExpanded] = useState(open);
  return (
    <Disclosure className="folded" isExpanded={expanded} onExpandedChange={setExpanded}>
      <Heading level={3}>
        <Button slot="trigger" tone="quiet">
          {expanded ? <OpenedIcon className="icon" /> : <FoldedIcon className="icon" />} {title}
          {count === undefined ? null : ` (${numeral(count, 'en')})`}
        </Button>
      </Heading>
      <DisclosurePanel>{expanded ? children : null}</DisclosurePanel>
    </Disclosure>
  );
}
