import type { Check } from '@elekto/protocol/result';
import { phrase } from '@elekto/words/phrase';
import { useState } from 'react';
import type { ElectionEntry } from '../../feeds/elections-json.ts';
import { fill } from '../../texts/fill.ts';
import { connect } from '../shared/api.ts';
import { Heading } from '../shared/Heading.tsx';
import { problemOf } from '../shared/problem.ts';
import type { Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import type { FindPage } from './find-page.ts';

type Looked =
  | { readonly at: 'idle' | 'working' }
  | { readonly at: 'problem'; readonly problem: Problem }
  | { readonly at: 'done'; readonly checks: readonly Check[] };

/** Where officers open the ballots together: no passphrase finds one, and the receipt tells whether it is in the box. */
export function ReceiptInBox({ entry, page }: { readonly entry: ElectionEntry; readonly page: FindPage }) {
  const { find: t } = page.texts;
  const [file, setFile] = useState<File | null>(null);
  const [looked, setLooked] = useState<Looked>({ at: 'idle' });
  const { officers, threshold } = entry.custody ?? { officers: [], threshold: 0 };
  const look = async (receipt: File) => {
    setLooked({ at: 'working' });
    try {
      const { lookInBox } = await import('./look-in-box.ts');
      const checks = await lookInBox(connect(page.api, 'omit'), entry, await receipt.text());
      setLooked({ at: 'done', checks });
    } catch (error) {
      setLooked({ at: 'problem', problem: problemOf(error, page.texts.refusals) });
    }
  };
  return (
    <>
      <h2>{t.withReceipt}</h2>
      <p>{fill(t.withReceiptText, { n: officers.length, t: threshold })}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (file) void look(file);
        }}
      >
        <div className="field">
          <label htmlFor="receipt">{t.receipt}</label>
          <span className="hint" id="receipt-hint">
            {t.receiptHint}
          </span>
          <input
            id="receipt"
            type="file"
            accept=".json,application/json"
            aria-describedby="receipt-hint"
            onChange={(event) => {
              setFile(event.target.files?.[0] ?? null);
              setLooked({ at: 'idle' });
            }}
          />
        </div>
        <button type="submit" className="button" disabled={file === null || looked.at === 'working'}>
          {t.search}
        </button>
      </form>
      {looked.at === 'problem' && <ProblemNote problem={looked.problem} page={page} />}
      {looked.at === 'done' && <InBox checks={looked.checks} entry={entry} page={page} />}
    </>
  );
}

interface InBoxProps {
  readonly checks: readonly Check[];
  readonly entry: ElectionEntry;
  readonly page: FindPage;
}

/** What became of the ballot of a receipt, in the sentence that `elekto verify` has for it, and what to do. */
export function InBox({ checks: [own, ...more], entry, page }: InBoxProps) {
  const { find: t } = page.texts;
  if (own === undefined) return null;
  const sentence = (check: Check) => phrase(page.texts.checks[check.code], check.facts, page.lang);
  const isThere = own.code === 'receipt-boxed';
  const isBad = own.code === 'receipt-dropped' || more.some(({ ok }) => !ok);
  return (
    <div className={`note ${isBad ? 'bad' : isThere ? 'good' : 'warn'}`}>
      <Heading>{isThere ? t.inBox : sentence(own)}</Heading>
      {more.map((check) => (
        <p key={check.code}>{sentence(check)}</p>
      ))}
      {isThere && more.length === 0 && <p>{t.boxNotNamed}</p>}
      {more.some(({ ok }) => !ok) && <p>{t.otherBox}</p>}
      {isThere && !isBad && more.length > 0 && (
        <p>
          {entry.results === null ? (
            t.inBoxBefore
          ) : (
            <a href={`${page.base}verify/?election=${encodeURIComponent(entry.key)}`}>{t.inBoxAfter}</a>
          )}
        </p>
      )}
    </div>
  );
}
