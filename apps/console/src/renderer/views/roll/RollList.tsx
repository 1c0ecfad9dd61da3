import { Input, Label, SearchField } from 'react-aria-components';
import { foldLogin } from '@elekto/election';
import type { Roll } from '../../backend/model.ts';
import { FoldedPart } from '../../parts/FoldedPart.tsx';
import { Panel } from '../../parts/Panel.tsx';

interface Props {
  readonly voters: Roll['voters'];
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

const MOST_SHOWN = 200;

/** Finding one person; the whole list only when asked for. */
export function RollList({ voters, search, onSearch }: Props) {
  const wanted = foldLogin(search);
  const found = wanted === '' ? [] : voters.filter(({ login }) => foldLogin(login).includes(wanted));
  return (
    <Panel title="Find on the roll">
      <SearchField className="field narrow" value={search} onChange={onSearch}>
        <Label>Login or part of it</Label>
        <Input spellCheck="false" />
      </SearchField>
      {wanted === '' ? null : (
        <p role="status">
          {found.length === 0 ? `Nobody on the roll is called ${search}.` : `${found.length} found.`}
        </p>
      )}
      <ul className="logins">
        {found.slice(0, MOST_SHOWN).map(({ login, line }) => (
          <li key={line}>
            {login} <span className="soft">line {line}</span>
          </li>
        ))}
      </ul>
      <FoldedPart title={`Everybody (${voters.length})`}>
        <ul className="logins">
          {voters.map(({ login, line }) => (
            <li key={line}>{login}</li>
          ))}
        </ul>
      </FoldedPart>
    </Panel>
  );
}
