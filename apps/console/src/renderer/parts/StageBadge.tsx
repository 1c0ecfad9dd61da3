import { STAGE_WORD, type Stage } from '../lib/phase.ts';

const SHAPES: Readonly<Record<Stage, string>> = {
  upcoming: '○',
  waiting: '◍',
  open: '●',
  closed: '◆',
  counted: '◈',
  published: '■',
  'held-elsewhere': '□',
  damaged: '▲',
};

/** The stage as a shape and a word: never colour alone. */
export function StageBadge({ stage }: { stage: Stage }) {
  return (
    <span className={`stage stage-${stage}`}>
      <span aria-hidden="true">{SHAPES[stage]}</span> {STAGE_WORD[stage]}
    </span>
  );
}
