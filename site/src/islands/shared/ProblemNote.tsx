import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { plural } from '../../texts/fill.ts';
import type { Texts } from '../../texts/index.ts';
import { inWords } from '../../time.ts';
import { signInAddress } from './api.ts';
import type { PageData } from './page-data.ts';
import type { Problem } from './problem.ts';
import { showSignedOut } from './signed-out.ts';

/** The texts that a problem needs on any page. */
export interface ProblemTexts {
  readonly refusals: Texts['refusals'];
  readonly ballot: Pick<Texts['ballot'], 'signIn' | 'waitSeconds'>;
}

interface Props {
  readonly problem: Problem;
  readonly page: Pick<PageData<unknown, ProblemTexts>, 'texts' | 'lang' | 'api'>;
  /** It stands in the place of what had the focus, and takes it. */
  readonly focus?: boolean;
  readonly children?: ReactNode;
}

/**
 * What happened, and what to do next. Spoken at once. Whoever is no longer signed in can do so from here,
 * wherever it happened, and comes back to this page.
 */
export function ProblemNote({ problem, page, focus = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (focus) heading.current?.focus();
  }, [focus, problem]);
  const { texts, lang } = page;
  const { title, help } = texts.refusals[problem.kind];
  const { kind, detail } = problem;
  const signedOut = kind === 'not-signed-in';
  useEffect(() => {
    if (signedOut) showSignedOut(page.api, texts.ballot.signIn);
  }, [signedOut, page.api, texts]);
  return (
    <div
      className={`note ${kind === 'offline' || kind === 'unexpected' || kind === 'wrong-passphrase' ? 'bad' : 'warn'}`}
      role="alert"
    >
      <h2 ref={heading} {...(focus ? { tabIndex: -1 } : {})}>
        {title}
      </h2>
      <p>
        {help}{' '}
        {kind === 'too-many-attempts' && detail !== null && plural(texts.ballot.waitSeconds, detail, lang)}
        {(kind === 'not-open-yet' || kind === 'already-closed') &&
          detail !== null &&
          `(${inWords(detail, lang)})`}
      </p>
      {(signedOut || children) && (
        <div className="row-of-buttons">
          {signedOut && (
            <a className="button" href={signInAddress(page.api)}>
              {texts.ballot.signIn}
            </a>
          )}
          {children}
        </div>
      )}
    </div>
  );
}
