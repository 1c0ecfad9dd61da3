import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { useMutation } from '@tanstack/react-query';
import { isPossibleLogin } from '@elekto/election';
import { numeral } from '@elekto/words';
import type { HostGitHub } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';

interface Props {
  readonly github: HostGitHub;
  readonly logins: readonly string[];
}

/** Logins that are no account any more, or go by another name; asked with the officer's own token. */
export function AccountsOnGitHub({ github, logins }: Props) {
  const [token, setToken] = useState('');
  const check = useMutation({
    mutationFn: () => github.checkAccounts(token.trim(), logins.filter(isPossibleLogin)),
    // Used once; it is not kept anywhere.
    onSettled: () => setToken(''),
  });
  const odd = check.data?.filter(({ state }) => state !== 'found') ?? [];
  return (
    <Panel title="Accounts on GitHub">
      <p className="reading soft">
        Asks GitHub which logins still exist. Needs a token without any rights; it is used for this one check
        and not stored.
      </p>
      <div className="inline-form">
        <TextField className="field narrow" type="password" value={token} onChange={setToken}>
          <Label>GitHub token</Label>
          <Input autoComplete="off" />
        </TextField>
        <Button
          isPending={check.isPending}
          isDisabled={token.trim().length < 20}
          onPress={() => check.mutate()}
        >
          {check.isPending ? 'Asking GitHub ...' : `Check ${numeral(logins.length, 'en')} logins`}
        </Button>
      </div>
      {check.error ? (
        <Notice tone="bad" title="GitHub did not answer">
          <p>Check that the token is valid and that you are online.</p>
        </Notice>
      ) : null}
      {check.data === undefined ? null : odd.length === 0 ? (
        <Notice tone="good" title="Every login is an account" />
      ) : (
        <ul>
          {odd.map(({ login, state, name }) => (
            <li key={login} className="diagnostic diagnostic-warning">
              <b>{state === 'unknown' ? 'No such account' : 'Renamed'}</b> {login}
              {name === null ? '' : ` is now ${name}`}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
