/** What the console says of a result, as text: by the very components that its views are made of. */
import { renderToStaticMarkup } from 'react-dom/server';
import type { ElectionResult } from '../../src/renderer/backend/model.ts';
import { namesIn } from '../../src/renderer/lib/pinned.ts';
import { SeatsTold } from '../../src/renderer/views/result/SeatsTold.tsx';

/** The headline and the paragraphs below it, as HTML. */
export const resultTold = ({
  outcome,
  manifest,
  tieDecisions,
}: Pick<ElectionResult, 'outcome' | 'manifest' | 'tieDecisions'>): string =>
  renderToStaticMarkup(
    <SeatsTold outcome={outcome} names={namesIn(null, manifest)} decisions={tieDecisions} />,
  );
