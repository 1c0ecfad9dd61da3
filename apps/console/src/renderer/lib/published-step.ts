/** What comes next once an election is over, by what the public is told of its result. */
import { disputeWords } from '@elekto/words';
import type { ElectionOverview } from '../backend/model.ts';
import { step, type NextStep } from './step.ts';

type Published = ElectionOverview['published'];

/** What is wrong with published files, in a sentence. */
const disputeSentence = ({ dispute }: Published): string =>
  dispute === null ? '' : disputeWords(dispute, 'en');

const PUBLISH = { tab: 'publish' } as const;
const RESULT = { tab: 'result' } as const;

export function publishedStep({ stage, imported, published }: ElectionOverview): NextStep {
  const isHere = stage !== 'held-elsewhere' && !imported;
  switch (published.state) {
    case 'pending':
      if (imported) return step('imported', 'info');
      return step(stage === 'published' ? 'pending-marked' : 'pending', 'warn', {}, PUBLISH);
    case 'signed':
      return published.heldOn === null
        ? step('signed', 'good', {}, RESULT)
        : step('signed-elsewhere', 'good', { server: published.heldOn }, RESULT);
    case 'recounted':
      return published.unknownKey === null
        ? step('recounted', 'good', {}, RESULT)
        : step('unknown-key', 'warn', { key: published.unknownKey }, RESULT);
    case 'superseded':
      return step('superseded', 'bad', {}, PUBLISH);
    case 'disputed':
      return step('disputed', 'bad', { dispute: disputeSentence(published) }, isHere ? PUBLISH : RESULT);
    case 'report':
      if (!isHere) return step('report-elsewhere', 'info');
      return stage === 'published'
        ? step('report-marked', 'info', {}, PUBLISH)
        : step('report', 'warn', {}, PUBLISH);
    case 'none':
      return step('not-here', 'info');
    case 'before':
    case 'waiting':
    case 'counting':
      return step('counting', 'info', {}, RESULT);
  }
}
