import { fill } from '../../texts/fill.ts';
import { linksWords } from '../../stand/stand-words.ts';
import { saveFile } from '../shared/save-file.ts';
import { Username } from '../shared/Username.tsx';
import { isFoundAfterCount } from './after-count.ts';
import { useBallot } from './context.ts';
import { useCopy } from './use-copy.ts';

/** The key to the ballot just cast, on view until the page is left, and every way to keep it. */
export function KeepKey({ passphrase }: { readonly passphrase: string }) {
  const { page, login, links, paper } = useBallot();
  const t = page.texts.ballot;
  const { key, name } = page.data;
  const [copied, copy] = useCopy(passphrase);
  const isFound = isFoundAfterCount(paper.manifest);
  const until = isFound && links && linksWords(links, page.texts.stand, page.lang);
  const link = `${page.base}elections/${key}/ballot/`;
  const save = () => {
    const lines = [
      fill(t.keyFile, { election: name, login }),
      '',
      passphrase,
      '',
      new URL(link, location.href).href,
    ];
    saveFile(`ballot-passphrase-${key}.txt`, `${lines.join('\n')}\n`, 'text/plain');
  };
  return (
    <section className="keep-key" aria-labelledby="keep-key">
      <h3 id="keep-key">{t.keepKeyTitle}</h3>
      <p>{isFound ? t.keepKeyText : t.keepKeyOnlyOpens}</p>
      {/* Password managers offer to keep what was sent by a form. */}
      <form onSubmit={(event) => event.preventDefault()}>
        <Username value={`${login} (${name})`} />
        <output className="phrase" lang="en" aria-label={t.passphraseYours}>
          {passphrase}
        </output>
        <input
          className="vh"
          type="password"
          name="passphrase"
          autoComplete="new-password"
          readOnly
          value={passphrase}
          tabIndex={-1}
          aria-hidden="true"
        />
        <p className="row-of-buttons">
          <button type="button" className="button" onClick={copy}>
            {copied ? t.passphraseCopied : t.passphraseCopy}
          </button>
          <button type="button" className="button quiet" onClick={save}>
            {t.keyFileSave}
          </button>
          <button type="button" className="button quiet" onClick={() => window.print()}>
            {t.receiptPrint}
          </button>
          <button type="submit" className="button quiet">
            {t.keyManager}
          </button>
        </p>
      </form>
      <p>
        <a href={link}>{t.lookOrChange}</a>
      </p>
      {until && <p className="soft">{until}</p>}
    </section>
  );
}
