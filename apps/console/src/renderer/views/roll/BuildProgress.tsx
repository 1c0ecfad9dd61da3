import { Label, ProgressBar } from 'react-aria-components';
import type { RollProgress } from '../../../shared/roll.ts';

/** How far reading is, with the time that is left at the pace until now. */
export function BuildProgress({ progress }: { readonly progress: RollProgress | null }) {
  const { done, total, at, left, wait } = progress ?? { done: 0, total: 0, at: '', left: null, wait: null };
  const share = total === 0 ? 0 : (done / total) * 100;
  return (
    <ProgressBar value={share} className="build-progress">
      <Label>
        {progress === null ? 'Reading the rules' : `${done} of ${total} repositories`}
        {left === null || done === total ? '' : `, about ${span(left)} left`}
        {wait === null ? '' : `, waiting ${span(wait * 1000)} for the server`}
      </Label>
      <div className="build-bar" aria-hidden="true">
        <div style={{ inlineSize: `${share}%` }} />
      </div>
      <span className="soft">{at}</span>
    </ProgressBar>
  );
}

function span(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
