import { numeral } from '@elekto/words';
import type { Reasons } from '../../lib/reasons.ts';
import { reasonText } from '../../lib/reasons.ts';
import { FoldedPart } from '../../parts/FoldedPart.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { RuleTable } from './RuleTable.tsx';

interface Props {
  readonly reasons: Reasons | 'unreadable' | null;
  /** Voting has ended: it is told, and there is nothing left to do about it. */
  readonly isOver: boolean;
}

/** What the rules gave, and where the roll differs from it; the reasons of one person stand with the search. */
export function WhyThesePeople({ reasons, isOver }: Props) {
  if (reasons === null || reasons === 'unreadable')
    return (
      <Panel title="Why these people">
        <p className="soft reading">
          {reasons === null
            ? 'No roll-evidence.csv lies beside voters.yaml, so nothing here says why somebody is on the roll.'
            : 'The roll-evidence.csv beside voters.yaml is not one that this version reads.'}{' '}
          <code>elekto roll build</code> writes it by the rules of <code>roll.yaml</code>.
        </p>
      </Panel>
    );
  const { rules, leftOut, unexplained, approved, missing } = reasons;
  return (
    <Panel title="Why these people">
      <RuleTable rules={rules} />
      <Different
        logins={unexplained}
        one="1 person is on the roll, and no rule says why"
        many={`${numeral(unexplained.length, 'en')} people are on the roll, and no rule says why`}
        hint="They were added by hand, or the roll was built by other rules."
        todo="The next build takes them off: name them in roll.yaml, or in a file that it names."
        isOver={isOver}
      />
      <Different
        logins={approved}
        one="1 person is on the roll by an approved exception alone"
        many={`${numeral(approved.length, 'en')} people are on the roll by an approved exception alone`}
        hint=""
        todo="The next build takes them off unless roll.yaml names them, for example by a rule of the file with the approved exceptions."
        isOver={isOver}
      />
      <Different
        logins={missing}
        one="1 person meets the rules and is not on the roll"
        many={`${numeral(missing.length, 'en')} people meet the rules and are not on the roll`}
        hint="voters.yaml was changed after the roll was built."
        todo="Build it again."
        isOver={isOver}
      />
      {leftOut.length === 0 ? null : (
        <FoldedPart title="Left out" count={leftOut.length}>
          <ul className="logins">
            {leftOut.map((row) => (
              <li key={`${row.login} ${row.rule}`}>
                {row.login} <span className="soft">{reasonText(row)}</span>
              </li>
            ))}
          </ul>
        </FoldedPart>
      )}
    </Panel>
  );
}

interface DifferentProps {
  readonly logins: readonly string[];
  readonly one: string;
  readonly many: string;
  /** Why that may be. */
  readonly hint: string;
  /** What to do while it still changes who can vote. */
  readonly todo: string;
  readonly isOver: boolean;
}

const MOST_SHOWN = 200;

/** People of whom roll and rules say different things. */
function Different({ logins, one, many, hint, todo, isOver }: DifferentProps) {
  if (logins.length === 0) return null;
  return (
    <Notice tone={isOver ? 'info' : 'warn'} title={logins.length === 1 ? one : many}>
      <p>{isOver ? hint : `${hint} ${todo}`.trim()}</p>
      <p>
        {logins.slice(0, MOST_SHOWN).join(', ')}
        {logins.length > MOST_SHOWN ? ` and ${logins.length - MOST_SHOWN} more` : ''}
      </p>
    </Notice>
  );
}
