import { useRef } from 'react';
import { bodySlug, type Instant } from '@elekto/election';
import { phrase, turnoutShare } from '@elekto/words';
import { useQueries } from '@tanstack/react-query';
import type { ElectionOverview } from '../backend/model.ts';
import { useTurnout } from '../backend/queries.ts';
import { useBackend, useHost } from '../host/host-context.ts';
import { fileName } from '../lib/file-name.ts';
import { turnoutTold } from '../lib/phase.ts';
import { formatTimeUtc, formatUtc } from '../lib/time.ts';
import { Button } from '../parts/Button.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Loading } from '../parts/Loading.tsx';
import { ErrorNotice, Notice } from '../parts/Notice.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useToast } from '../parts/toast.tsx';
import texts from '../texts/turnout.json' with { type: 'json' };
import { toPng } from './turnout/picture.ts';
import { toSeries, turnoutCsv } from './turnout/series.ts';
import { Compared } from './turnout/Compared.tsx';
import { Earlier } from './turnout/Earlier.tsx';
import { VoidByOfficers } from './turnout/VoidByOfficers.tsx';
import { StartAnew } from './turnout/StartAnew.tsx';
import { TurnoutChart, TurnoutLegend } from './turnout/TurnoutChart.tsx';
import { TurnoutTable } from './turnout/TurnoutTable.tsx';
import { Withdrawn } from './turnout/Withdrawn.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly all: readonly ElectionOverview[];
}

/** How many more past elections the picture can hold and still be read. */
const COMPARED = 3;

function whyNothing({ phase, stage }: ElectionOverview, nextAt: Instant | null): string {
  if (phase === 'ended') return stage === 'held-elsewhere' ? texts.why.elsewhere : texts.why.few;
  return nextAt === null ? texts.why.later : phrase(texts.why.laterAt, { at: formatTimeUtc(nextAt) }, 'en');
}

/** Eligible, cast and the curve: never who, never when a single person voted. */
export function TurnoutView({ election, all }: Props) {
  const host = useHost();
  const toast = useToast();
  const chart = useRef<SVGSVGElement>(null);
  const turnout = useTurnout(election.key);
  const past = usePast(election, all);
  if (turnout.error && !turnout.data)
    return <ErrorNotice error={turnout.error} again={() => void turnout.refetch()} />;
  if (!turnout.data) return <Loading what="the turnout" />;

  const { cast, eligible, buckets, asOf, nextAt } = turnout.data;
  const current = toSeries(election.name, election.opensAt, turnout.data, true);
  const series = [current, ...past.map(({ series: line }) => line)];
  const earlier = <Earlier earlier={turnout.data.earlier} shown={new Set(past.map(({ key }) => key))} />;
  const save = async (name: string, content: string | Uint8Array): Promise<void> => {
    if ((await host.saveFile(name, content)) === 'saved') toast(`Saved ${name}`);
  };
  return (
    <>
      <Facts
        items={[
          ['Eligible', eligible],
          ['Ballots cast', cast ?? turnoutTold({ ...election, cast })],
          ['Turnout', turnoutShare(cast, eligible, 'en') ?? 'Not shown'],
        ]}
      />
      {nextAt === null || asOf === null ? null : (
        <p className="soft">
          As of {formatUtc(asOf)}. Renewed after {formatTimeUtc(nextAt)} when three more have voted.
        </p>
      )}
      {buckets.length === 0 ? (
        <Notice tone="info" title={texts.nothing[election.phase]}>
          <p>{whyNothing(election, nextAt)}</p>
          {earlier}
        </Notice>
      ) : (
        <Panel
          title="Turnout since opening"
          actions={
            <>
              <Button
                onPress={() => void save(fileName(election.key, 'turnout.csv'), turnoutCsv(turnout.data))}
              >
                Save CSV
              </Button>
              <Button
                onPress={() => {
                  if (chart.current !== null)
                    void toPng(chart.current).then((png) => save(fileName(election.key, 'turnout.png'), png));
                }}
              >
                Save image
              </Button>
            </>
          }
        >
          <figure className="figure">
            <TurnoutChart ref={chart} series={series} />
            <TurnoutLegend series={series} />
            <Compared
              current={current}
              past={past.map(({ series: line }) => line)}
              opensAt={election.opensAt}
            />
            {earlier}
            <figcaption>
              The number is told at the end of an hour (sooner in short elections) and in steps of at least
              three, so it never shows when one person voted.
            </figcaption>
          </figure>
          <TurnoutTable turnout={turnout.data} />
        </Panel>
      )}
      <Withdrawn election={election} />
      <VoidByOfficers election={election} />
      <StartAnew election={election} />
    </>
  );
}

/** The newest ended elections of the same body that this officer runs, too, with their curves. */
function usePast(election: ElectionOverview, all: readonly ElectionOverview[]) {
  const backend = useBackend();
  const body = election.body === null ? null : bodySlug(election.body);
  const others = all
    .filter((other) => other.key !== election.key && other.phase === 'ended' && other.state !== null)
    .filter(
      (other) => other.closesAt <= election.opensAt && other.body !== null && bodySlug(other.body) === body,
    )
    .sort((a, b) => b.closesAt - a.closesAt)
    .slice(0, COMPARED);
  const answers = useQueries({
    queries: others.map(({ key }) => ({ queryKey: ['turnout', key], queryFn: () => backend.turnout(key) })),
  });
  return answers.flatMap(({ data }, index) => {
    const other = others[index];
    return data && other && data.buckets.length > 0
      ? [{ key: other.key, series: toSeries(other.name, other.opensAt, data, false) }]
      : [];
  });
}
