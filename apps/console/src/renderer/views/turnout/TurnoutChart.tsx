import { useId, type Ref } from 'react';
import { percentWords, phrase } from '@elekto/words';
import texts from '../../texts/turnout.json' with { type: 'json' };
import { niceTicks, timeTicks, type Series } from './series.ts';

interface Props {
  readonly series: readonly Series[];
  readonly ref?: Ref<SVGSVGElement>;
}

const WIDTH = 760;
const HEIGHT = 320;
const EDGE = { left: 52, right: 30, top: 14, bottom: 36 };
const DASHES = ['6 4', '2 3', '10 4 2 4', '1 5'];

/** Share of the roll against time since opening. Lines differ in dash and label, not in colour alone. */
export function TurnoutChart({ series, ref }: Props) {
  const id = useId();
  const all = series.flatMap(({ points }) => points);
  const maxTime = Math.max(3_600_000, ...all.map(({ since }) => since));
  const yTicks = niceTicks(Math.max(5, ...all.map(({ percent }) => percent)));
  const maxPercent = yTicks.at(-1) ?? 100;
  const x = (since: number): number => EDGE.left + ((WIDTH - EDGE.left - EDGE.right) * since) / maxTime;
  const y = (percent: number): number =>
    HEIGHT - EDGE.bottom - ((HEIGHT - EDGE.top - EDGE.bottom) * percent) / maxPercent;
  const past = series.filter(({ current }) => !current);
  return (
    <svg
      ref={ref}
      className="turnout-chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-labelledby={id}
      xmlns="http://www.w3.org/2000/svg"
    >
      <title id={id}>{describe(series)}</title>
      {yTicks.map((tick) => (
        <g key={tick}>
          <line className="grid" x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(tick)} y2={y(tick)} />
          <text className="tick" x={EDGE.left - 8} y={y(tick) + 4} textAnchor="end">
            {tick} %
          </text>
        </g>
      ))}
      {timeTicks(maxTime).map(({ since, label }) => (
        <g key={since}>
          <line
            className="tick-mark"
            x1={x(since)}
            x2={x(since)}
            y1={HEIGHT - EDGE.bottom}
            y2={HEIGHT - EDGE.bottom + 5}
          />
          <text className="tick tick-time" x={x(since)} y={HEIGHT - EDGE.bottom + 20} textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
      {past.map(({ name, points }, index) => (
        <path
          key={name}
          className="line-past"
          strokeDasharray={DASHES[index % DASHES.length]}
          d={path(points.map(({ since, percent }) => [x(since), y(percent)]))}
        />
      ))}
      {series
        .filter(({ current }) => current)
        .map(({ name, points }) => (
          <g key={name}>
            <path
              className="line-current"
              d={path(points.map(({ since, percent }) => [x(since), y(percent)]))}
            />
            {points.slice(1).map(({ since, percent, cast }) => (
              <circle key={since} className="dot" cx={x(since)} cy={y(percent)} r="3">
                <title>{`${cast} ballots, ${percentWords(percent, 'en')}`}</title>
              </circle>
            ))}
          </g>
        ))}
    </svg>
  );
}

/** The legend is HTML beside the picture; the same dashes name the same lines. */
export function TurnoutLegend({ series }: { series: readonly Series[] }) {
  const past = series.filter(({ current }) => !current);
  if (past.length === 0) return null;
  return (
    <ul className="legend">
      {series.map(({ name, current }) => (
        <li key={name}>
          <svg viewBox="0 0 36 8" width="36" height="8" aria-hidden="true">
            <line
              className={current ? 'line-current' : 'line-past'}
              strokeDasharray={
                current ? undefined : DASHES[past.findIndex((other) => other.name === name) % DASHES.length]
              }
              x1="0"
              x2="36"
              y1="4"
              y2="4"
            />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

/** Level until the next number is told: between two of them nothing is known. */
const path = (points: readonly (readonly [number, number])[]): string =>
  points
    .map(([px, py], index) =>
      index === 0 ? `M${px.toFixed(1)} ${py.toFixed(1)}` : `H${px.toFixed(1)}V${py.toFixed(1)}`,
    )
    .join('');

function describe(series: readonly Series[]): string {
  const current = series.find((line) => line.current);
  const last = current?.points.at(-1);
  if (!last || last.cast === 0) return texts.chart.none;
  return phrase(texts.chart.told, { cast: last.cast, percent: percentWords(last.percent, 'en') }, 'en');
}
