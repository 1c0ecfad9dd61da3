import { Input, Label, SearchField } from 'react-aria-components';
import { foldLogin } from '@elekto/election';
import { numeral } from '@elekto/words';
import type { Roll } from '../../backend/model.ts';
import { reasonText, type Reasons } from '../../lib/reasons.ts';
import { FoldedPart } from '../../parts/FoldedPart.tsx';
import { Panel } from '../../parts/Panel.tsx';

interface Props {
  readonly voters: Roll['voters'];
  readonly reasons: Reasons | 'unreadable' | null;
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

const MOST_SHOWN = 200;

/** Finding one person; the whole list only when asked for. */
export function RollList({ voters, reasons, search, onSearch }: Props) {
  const wanted = foldLogin(search);
  const found = wanted === '' ? [] : voters.filter(({ login }) => foldLogin(login).includes(wanted));
  const known = reasons === 'unreadable' ? null : reasons;
  const out =
    wanted === ''
      ? []
      : (known?.leftOut ?? []).filter(({ login }) => foldLogin(login).includes(wanted)).slice(0, 20);
  return (
    <Panel title="Find on the roll">
      <SearchField className="field narrow" value={search} onChange={onSearch}>
        <Label>Login or part of it</Label>
        <Input spellCheck="false" />
      </SearchField>
      {wanted === '' ? null : (
        <p role="status">
          {found.length === 0
            ? `Nobody on the roll is called ${search}.`
            : `${numeral(found.length, 'en')} found.`}
          {out.length === 0
            ? ''
            : ` Left out: ${out.map(({ login, rule }) => `${login} (${rule})`).join(', ')}.`}
        </p>
      )}
      <ul className={known ? 'reasons' : 'logins'}>
        {found.slice(0, MOST_SHOWN).map(({ login, line }) => (
          <li key={line}>
            {login} <span className="soft">line {line}</span>
            {known ? (
              <span className="reason">
                {known
                  .of(login)
                  .filter(({ on }) => on)
                  .map(reasonText)
                  .join('; ') ||
                  (known.approved.includes(login) ? 'An exception was approved.' : 'No rule says why.')}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <FoldedPart title="Everybody" count={voters.length}>
        <ul className="logins">
          {voters.map(({ login, line }) => (
            <li key={line}>{login}</li>
          ))}
        </ul>
      </FoldedPart>
    </Panel>
  );
}
