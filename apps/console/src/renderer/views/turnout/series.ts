/** From buckets of ballots to lines of a chart: share of the roll against time since the opening. */
import type { Instant } from '@elekto/election';
import { turnoutPercent } from '@elekto/words';
import type { Turnout } from '../../backend/model.ts';

export interface Point {
  /** Milliseconds since the opening. */
  readonly since: number;
  readonly cast: number;
  /** 0 to 100. */
  readonly percent: number;
}

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  readonly current: boolean;
}

/** What the curve is made of. */
type Told = Pick<Turnout, 'eligible' | 'cast' | 'buckets' | 'asOf'>;

/** One step for each bucket, and after the close the exact number where it ends higher. */
function stepsOf({ buckets, cast, asOf }: Told): Turnout['buckets'] {
  const last = buckets.at(-1);
  const exact = cast !== null && asOf !== null && last !== undefined && cast > last.cast;
  return exact ? [...buckets.filter(({ at }) => at < asOf), { at: asOf, cast }] : buckets;
}

/** Starts at nought when the election opened; one point at the end of each bucket. */
export function toSeries(name: string, opensAt: Instant, turnout: Told, current: boolean): Series {
  const { eligible } = turnout;
  const points = stepsOf(turnout).map(({ at, cast }) => ({
    since: Math.max(0, at - opensAt),
    cast,
    percent: turnoutPercent(cast, eligible) ?? 0,
  }));
  return { name, points: [{ since: 0, cast: 0, percent: 0 }, ...points], current };
}

/** The same numbers for a spreadsheet. Instants are ISO 8601 in UTC. */
export function turnoutCsv(turnout: Told): string {
  const rows = stepsOf(turnout).map(
    ({ at, cast }) =>
      `${new Date(at).toISOString()},${cast},${turnoutPercent(cast, turnout.eligible)?.toFixed(2) ?? ''}`,
  );
  return ['until,cast,percent', ...rows, ''].join('\r\n');
}

/** Round steps for an axis from 0 to `max`: at most `count` of 1, 2 or 5 times a power of ten. */
export function niceTicks(max: number, count = 5): readonly number[] {
  if (!(max > 0)) return [0, 1];
  const raw = max / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
  const top = Math.ceil(max / step - 1e-9);
  return Array.from({ length: top + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

const HOUR = 3_600_000;

/** Ticks of a time axis in whole hours or days, whichever gives three to nine of them. */
export function timeTicks(maxMs: number): readonly { readonly since: number; readonly label: string }[] {
  const hours = Math.max(1, maxMs / HOUR);
  const step =
    [1, 2, 3, 6, 12, 24, 48, 72, 120, 168, 336, 720].find((each) => hours / each <= 8) ?? hours / 6;
  const ticks = [];
  for (let at = 0; at <= hours + 1e-6; at += step) {
    ticks.push({
      since: at * HOUR,
      label: step >= 24 ? `${Math.round(at / 24)} d` : `${Math.round(at)} h`,
    });
  }
  return ticks;
}
