/** The web build's sign-in: the site's own, which comes back here. */
export function SignInView() {
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
      <p>
        <a className="button button-primary" href="/auth/github?next=/console/">
          Sign in with GitHub
        </a>
      </p>
    </main>
  );
}
