import { useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccountsState } from '../../../shared/bridge.ts';
import type { HostAccounts } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { Notice } from '../../parts/Notice.tsx';

/** The servers, which one is in use, and signing in to it through the system's browser. */
export function ServersPanel({ accounts }: { accounts: HostAccounts }) {
  const client = useQueryClient();
  const [url, setUrl] = useState('');
  const state = useQuery({ queryKey: ['accounts'], queryFn: () => accounts.state() });
  const act = useMutation({
    mutationFn: (action: () => Promise<AccountsState>) => action(),
    onSuccess: async (next) => {
      // Another server or another person: nothing that is known stays.
      await client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'accounts' });
      client.setQueryData(['accounts'], next);
    },
  });
  const { profiles = [], active = null, remembersSignIn = true, problem = null } = state.data ?? {};
  const chosen = profiles.find(({ id }) => id === active);
  return (
    <div className="servers">
      {problem === null || act.isPending ? null : (
        <Notice tone="bad" title="Not signed in">
          <p>{problem}</p>
        </Notice>
      )}
      {remembersSignIn ? null : (
        <Notice tone="info" title="You will sign in again after a restart">
          <p>
            This computer has no safe place for the sign-in (a keyring such as GNOME Keyring or KWallet), so
            it is kept only while the app runs.
          </p>
        </Notice>
      )}
      {profiles.length === 0 ? null : (
        <ul className="server-list">
          {profiles.map((profile) => (
            <li key={profile.id} data-active={profile.id === active}>
              <span>
                <b>{profile.name}</b>{' '}
                <span className="soft">
                  {profile.login === null ? 'not signed in' : `signed in as ${profile.login}`}
                </span>
              </span>
              <span className="actions">
                {profile.id === active ? (
                  <span className="soft">■ In use</span>
                ) : (
                  <Button onPress={() => act.mutate(() => accounts.choose(profile.id))}>
                    Use {profile.name}
                  </Button>
                )}
                <Button tone="danger" onPress={() => act.mutate(() => accounts.remove(profile.id))}>
                  Remove<span className="sr-only"> {profile.name}</span>
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {chosen === undefined || chosen.login !== null ? null : act.isPending ? (
        <div className="actions">
          <p role="status">Waiting for your browser ...</p>
          <Button onPress={() => void accounts.cancelSignIn()}>Cancel</Button>
        </div>
      ) : (
        <p>
          <Button tone="primary" onPress={() => act.mutate(() => accounts.signIn())}>
            Sign in to {chosen.name}
          </Button>
        </p>
      )}
      <Form
        className="server-form"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(async () => {
            const next = await accounts.add(url);
            if (next.problem === null) setUrl('');
            return next;
          });
        }}
      >
        <TextField className="field" value={url} onChange={setUrl} isRequired type="text" inputMode="url">
          <Label>{profiles.length === 0 ? 'Address of your Elekto server' : 'Add another server'}</Label>
          <Input placeholder="https://elections.example.org" spellCheck="false" />
        </TextField>
        <Button type="submit">Add server</Button>
      </Form>
    </div>
  );
}
