import { STAGE_WORD, type Stage } from '../lib/phase.ts';
import { STAGE_ICONS } from './icons.tsx';

/** The stage as a picture and a word: never colour alone. */
export function StageBadge({ stage }: { stage: Stage }) {
  const Icon = STAGE_ICONS[stage];
  return (
    <span className={`stage stage-${stage}`}>
      <Icon className="icon" /> {STAGE_WORD[stage]}
    </span>
  );
}
