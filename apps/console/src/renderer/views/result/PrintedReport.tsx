import {
  checkCommands,
  houseRuleSentences,
  list,
  phrase,
  say,
  turnoutSentence,
  type Names,
} from '@elekto/words';
import type { Definition, ElectionOverview, ElectionResult } from '../../backend/model.ts';
import { limitIn } from '../../lib/pinned.ts';
import { formatUtc } from '../../lib/time.ts';
import { Panel } from '../../parts/Panel.tsx';
import texts from '../../texts/report.json' with { type: 'json' };
import { PrintedDetail } from './PrintedDetail.tsx';
import { Proof } from './Proof.tsx';
import { Ranking } from './Ranking.tsx';
import { SeatsTold } from './SeatsTold.tsx';
import { MOST_IN_PICTURE, WhoBeatsWhom } from './WhoBeatsWhom.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly result: ElectionResult;
  readonly definition: Definition | null;
  readonly names: Names;
  /** Where the pages are, on which anybody checks it; null where nobody knows. */
  readonly site: string | null;
}

/** What an organisation publishes on paper: one page that says it all, and an annex that shows it. */
export function PrintedReport({ election, result, definition, names, site }: Props) {
  const { outcome, manifest, tieDecisions } = result;
  return (
    <div className="print-only">
      <section className="printed-summary">
        <h2>{texts.title}</h2>
        <SeatsTold outcome={outcome} names={names} decisions={tieDecisions} />
        {election.stage === 'published' ? null : <p>{texts.draft}</p>}
        <dl>
          {factsOf({ election, result, definition, names }).map(([name, lines]) => (
            <div key={name}>
              <dt>{name}</dt>
              {lines.map((line) => (
                <dd key={line}>{line}</dd>
              ))}
            </div>
          ))}
        </dl>
        <h3>{texts.check}</h3>
        <p>{phrase(texts['check-lead'], { folder: definition?.folder ?? election.key }, 'en')}</p>
        {checkCommands(definition?.folder ?? election.key).map((command) => (
          <p key={command}>
            <code>{command}</code>
          </p>
        ))}
        {site === null ? null : <p>{phrase(texts['check-page'], { url: `${site}/verify/` }, 'en')}</p>}
        <p>{manifest.suite === 2 ? texts['check-sealed'] : texts['check-own']}</p>
      </section>
      <section className="printed-annex">
        <h2>{texts.annex}</h2>
        <p>{texts['annex-lead']}</p>
        <Panel title="Ranking">
          <Ranking outcome={outcome} names={names} limit={limitIn(manifest)} />
        </Panel>
        {outcome.candidates.length > MOST_IN_PICTURE ? null : (
          <WhoBeatsWhom outcome={outcome} names={names} />
        )}
        <PrintedDetail outcome={outcome} names={names} />
        <Proof result={result} />
      </section>
    </div>
  );
}

type Fact = readonly [name: string, lines: readonly string[]];

function factsOf({ election, result, definition, names }: Omit<Props, 'site'>): readonly Fact[] {
  const { outcome, manifest, cast, eligible } = result;
  const { opensAt, closesAt } = election;
  const limit = manifest.representationLimit;
  return [
    [texts.voting, [phrase(texts['from-to'], { from: formatUtc(opensAt), to: formatUtc(closesAt) }, 'en')]],
    [texts.seats, [String(outcome.seats.available)]],
    [
      texts.rule,
      [
        say('en', 'methods', outcome.method),
        ...(limit === null ? [] : [phrase(texts.limit, { n: limit.max, field: limit.field }, 'en')]),
        ...houseRuleSentences(('houseRules' in manifest && manifest.houseRules) || {}, names, 'en'),
      ],
    ],
    [texts.turnout, [turnoutSentence(cast, eligible, 'en')]],
    [texts.officers, [list(definition?.officers ?? [], 'en'), custodyOf(manifest)]],
    [texts.ballots, [result.root]],
    [texts.definition, [phrase(texts.commit, { commit: manifest.sourceCommit }, 'en'), result.manifestHash]],
    [texts.signed, [result.publicKey]],
  ];
}

const custodyOf = (manifest: ElectionResult['manifest']): string =>
  manifest.suite === 2
    ? phrase(texts.custody, { names: [...manifest.officers], n: manifest.threshold }, 'en')
    : texts['server-custody'];
