import { numeral } from '@elekto/words';
import { reasonText, type Reasons } from '../../lib/reasons.ts';
import type { RollDiff } from '../../lib/roll-text.ts';

interface Props {
  readonly diff: RollDiff;
  readonly reasons: Reasons | 'unreadable' | null;
}

/** Who came and who went, with why where the evidence says it. */
export function ChangedLogins({ diff, reasons }: Props) {
  return (
    <div className="roll-diff" role="status">
      <Changed title="Added since" sign="+" logins={diff.added} why={whyIn(reasons, true)} />
      <Changed title="Removed since" sign="−" logins={diff.removed} why={whyIn(reasons, false)} />
    </div>
  );
}

type Why = (login: string) => string;

/** Why somebody is on the roll now, or was left out; nothing where the evidence is silent. */
function whyIn(reasons: Reasons | 'unreadable' | null, on: boolean): Why {
  if (reasons === null || reasons === 'unreadable') return () => '';
  return (login) =>
    reasons
      .of(login)
      .filter((row) => row.on === on)
      .map(reasonText)
      .join('; ');
}

interface ChangedProps {
  readonly title: string;
  readonly sign: string;
  readonly logins: readonly string[];
  readonly why: Why;
}

function Changed({ title, sign, logins, why }: ChangedProps) {
  return (
    <section>
      <h3>
        {title} ({numeral(logins.length, 'en')})
      </h3>
      <ul className="logins">
        {logins.map((login) => (
          <li key={login}>
            <span aria-hidden="true">{sign}</span> {login} <span className="soft">{why(login)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
