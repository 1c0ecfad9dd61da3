import { useHost } from '../host/host-context.ts';
import { ServersPanel } from './settings/ServersPanel.tsx';

/** Who has no sign-in yet: the site's own in the browser, the servers of the desktop app. */
export function SignInView() {
  const { accounts } = useHost();
  return (
    <main className="sign-in">
      <p className="brand">
        Elekto <span>console</span>
      </p>
      <h1>Run your elections from one place</h1>
      <p>
        For election officers. Sign in with the GitHub account that stands under{' '}
        <code>election_officers</code> in the election&rsquo;s file.
      </p>
      {accounts === null ? (
        <p>
          <a className="button button-primary" href="/auth/github?next=/console/">
            Sign in with GitHub
          </a>
        </p>
      ) : (
        <ServersPanel accounts={accounts} />
      )}
    </main>
  );
}
