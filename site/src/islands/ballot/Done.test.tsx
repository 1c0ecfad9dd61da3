import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LANGS, textsOf } from '../../texts/index.ts';
import type { Lang } from '../../texts/index.ts';
import { BallotProvider } from './context.ts';
import type { BallotContext } from './context.ts';
import { Done } from './Done.tsx';
import { Passphrase } from './Passphrase.tsx';

function shown(lang: Lang, receipts: 'none' | 'after_close' | 'immediate', suite: 1 | 2 = 1): string {
  const page = { texts: textsOf(lang), lang, api: '', base: '/', data: { key: 'board', name: 'Board' } };
  const paper = { closesAt: 0, manifest: { suite, receipts } };
  const context = { page, paper, login: 'ada', links: null } as unknown as BallotContext;
  const receipt = receipts === 'none' ? null : ({ recordHash: 'ab' } as never);
  return renderToStaticMarkup(
    <BallotProvider value={context}>
      <Passphrase
        value={{ way: 'made', made: 'six words', own: '', again: '' }}
        onChange={() => undefined}
        onAnother={() => undefined}
        wrong={null}
      />
      <Done
        receipt={receipt}
        tracker={receipts === 'immediate' ? 'ffee' : null}
        replaced={false}
        passphrase="six words"
      />
    </BallotProvider>,
  );
}

describe.each(LANGS)('after casting, in %s,', (lang) => {
  const t = textsOf(lang).ballot;

  it('a receipt that shows no vote is said to be safe, one with a tracker is not', () => {
    expect(shown(lang, 'after_close')).toContain(t.receiptText);
    const immediate = shown(lang, 'immediate');
    expect(immediate).toContain(t.receiptWithTracker);
    expect(immediate).not.toContain(t.receiptText);
  });

  it('nobody is told that a passphrase finds a ballot after the count where nothing leads to it', () => {
    for (const found of [shown(lang, 'after_close'), shown(lang, 'immediate')]) {
      expect(found).toContain(t.passphraseText);
      expect(found).toContain(t.keepKeyText);
    }
    for (const lost of [shown(lang, 'none'), shown(lang, 'after_close', 2)]) {
      expect(lost).not.toContain(t.passphraseText);
      expect(lost).not.toContain(t.keepKeyText);
      expect(lost).toContain(t.keepKeyOnlyOpens);
    }
  });
});
