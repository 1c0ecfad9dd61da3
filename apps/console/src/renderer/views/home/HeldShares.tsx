import type { ReactNode } from 'react';
import { phrase } from '@elekto/words';
import type { HeldElection } from '../../backend/model.ts';
import { heldWords } from '../../lib/held.ts';
import { formatRoute } from '../../lib/route.ts';
import { Notice } from '../../parts/Notice.tsx';
import texts from '../../texts/home.json' with { type: 'json' };

/** The elections that need a share of this person, who is no officer of them. */
export function HeldShares({ held }: { held: readonly HeldElection[] }) {
  return held.map((election) => (
    <HeldNotice key={election.key} election={election}>
      <p>
        <a href={formatRoute({ page: 'election', key: election.key, tab: 'result' })}>
          {phrase(texts.held.action, { name: election.name }, 'en')}
        </a>
      </p>
    </HeldNotice>
  ));
}

interface Props {
  readonly election: HeldElection;
  readonly children?: ReactNode;
}

/** That a share is held without an office, what it is needed for, and the way back to the rest. */
export function HeldNotice({ election, children }: Props) {
  const { title, text } = heldWords(election);
  return (
    <Notice tone="warn" title={title}>
      {text.map((paragraph) => (
        <p key={paragraph} className="reading">
          {paragraph}
        </p>
      ))}
      {children}
    </Notice>
  );
}
