import type { Receipt } from '@elekto/protocol/ballot';
import { fill } from '../../texts/fill.ts';
import { inWords } from '../../time.ts';
import { Heading } from '../shared/Heading.tsx';
import { saveFile } from '../shared/save-file.ts';
import { useBallot } from './context.ts';
import { KeepKey } from './KeepKey.tsx';
import { Steps } from './Steps.tsx';

interface Props {
  readonly receipt: Receipt | null;
  /** Given only where the election hands it out at casting. */
  readonly tracker: string | null;
  readonly replaced: boolean;
  /** What opens it; null: nothing does. */
  readonly passphrase: string | null;
}

/** The confirmation: impossible to overlook, with the receipt to keep. */
export function Done({ receipt, tracker, replaced, passphrase }: Props) {
  const { page, paper } = useBallot();
  const t = page.texts.ballot;
  const when = inWords(paper.closesAt, page.lang);
  const save = () =>
    saveFile(
      `receipt-${page.data.key}.json`,
      `${JSON.stringify({ ...receipt, ...(tracker === null ? {} : { tracker }) }, null, 2)}\n`,
      'application/json',
    );
  return (
    <div className="done">
      <Steps at={2} />
      <div className="stamp">
        <svg viewBox="0 0 48 48" aria-hidden="true">
          <path d="M10 25.5 20 35.5 39 13" />
        </svg>
        <Heading>{replaced ? t.doneReplaced : t.doneTitle}</Heading>
        <p>{replaced ? t.doneReplacedText : fill(t.doneText, { when })}</p>
      </div>
      {passphrase !== null && <KeepKey passphrase={passphrase} />}
      <section className="receipt" aria-labelledby="receipt">
        <h3 id="receipt">{t.receiptTitle}</h3>
        {receipt === null ? (
          <p>{t.receiptNone}</p>
        ) : (
          <>
            <p>{tracker === null ? t.receiptText : t.receiptWithTracker}</p>
            <dl>
              <dt>{t.receiptNumber}</dt>
              <dd>
                <code>{receipt.recordHash}</code>
              </dd>
              {tracker !== null && (
                <>
                  <dt>{t.receiptTracker}</dt>
                  <dd>
                    <code>{tracker}</code>
                    <br />
                    {t.receiptTrackerText}
                  </dd>
                </>
              )}
            </dl>
            {paper.manifest.suite === 2 ? (
              <p>{t.receiptBox}</p>
            ) : (
              passphrase !== null && paper.manifest.receipts === 'after_close' && <p>{t.receiptLater}</p>
            )}
            <p className="row-of-buttons">
              <button
                type="button"
                className={paper.manifest.suite === 2 ? 'button' : 'button quiet'}
                onClick={save}
              >
                {t.receiptSave}
              </button>
            </p>
          </>
        )}
      </section>
      <section className="next" aria-labelledby="next">
        <h3 id="next">{t.doneNext}</h3>
        <p className="row-of-buttons">
          <a href={`${page.base}elections/${page.data.key}/`}>{t.doneBack}</a>
          <a href={page.base}>{t.doneElections}</a>
          <a href={`${page.base}is-my-vote-secret/`}>{t.noteSecret}</a>
        </p>
      </section>
    </div>
  );
}
