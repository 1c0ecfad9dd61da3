import { percentWords, phrase } from '@elekto/words';
import type { Instant } from '@elekto/election';
import { formatUtc } from '../../lib/time.ts';
import texts from '../../texts/turnout.json' with { type: 'json' };
import { dayOf, milestonesOf, sameDay, toldBy } from './compare-days.ts';
import type { Series } from './series.ts';

interface Props {
  readonly current: Series;
  readonly past: readonly Series[];
  readonly opensAt: Instant;
}

const share = (percent: number): string => percentWords(percent, 'en');

/** "31 % on day 4; 28 % last year", and which shares of the roll were reached when. */
export function Compared({ current, past, opensAt }: Props) {
  const since = current.points.at(-1)?.since ?? 0;
  const told = toldBy(current, since);
  if (told === null) return null;
  const reached = milestonesOf(current, opensAt);
  return (
    <ul className="compared">
      <li>
        <b>{phrase(texts.now, { percent: share(told), day: dayOf(since) }, 'en')}</b>{' '}
        {sameDay(past, since)
          .map(({ name, percent }) => phrase(texts.then, { name, percent: share(percent) }, 'en'))
          .join(' ')}
      </li>
      {reached.map(({ percent, at }) => (
        <li key={percent}>{phrase(texts.milestone, { percent: `${percent} %`, at: formatUtc(at) }, 'en')}</li>
      ))}
    </ul>
  );
}
