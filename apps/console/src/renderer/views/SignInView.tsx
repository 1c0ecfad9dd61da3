import { useProvider } from '../backend/queries.ts';
import { useHost } from '../host/host-context.ts';
import { ServersPanel } from './settings/ServersPanel.tsx';

/** Who has no sign-in yet: the site's own in the browser, the servers of the desktop app. */
export function SignInView() {
  const { accounts } = useHost();
  const provider = useProvider();
  return (
    <main className="sign-in">
      <p className="brand">
        Elekto <span>console</span>
      </p>
      <h1>Run your elections from one place</h1>
      <p>
        For election officers. Sign in with the account whose login stands under{' '}
        <code>election_officers</code> in the election&rsquo;s file.
      </p>
      {accounts === null ? (
        <p>
          <a className="button button-primary" href="/auth/sign-in?next=/console/">
            {provider === undefined ? 'Sign in' : `Sign in with ${provider.name}`}
          </a>
        </p>
      ) : (
        <ServersPanel accounts={accounts} />
      )}
    </main>
  );
}
