import { fill } from '../../texts/fill.ts';
import { useBallot } from './context.ts';

/** Whose keys seal the ballot; nothing where the server keeps the key. */
export function Custody() {
  const { page, paper } = useBallot();
  const { manifest } = paper;
  if (manifest.suite !== 2) return null;
  const t = page.texts.ballot;
  const { officers, threshold } = manifest;
  const names = new Intl.ListFormat(page.lang, { type: 'conjunction' }).format(officers);
  return (
    <p className="custody">
      {fill(t.custody, { n: officers.length, t: threshold })}{' '}
      <span className="soft">{fill(t.custodyWho, { names })}</span>
    </p>
  );
}
