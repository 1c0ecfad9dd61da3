/** The organisation's logo becomes a file of the site, so that it is sent once and cached. */
import { createHash } from 'node:crypto';

const KINDS: Record<string, string> = {
  'image/svg+xml': 'svg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/jpeg': 'jpg',
};

export interface Logo {
  /** Address within the site. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** @throws Error when the logo is not a `data:` URI of a kind that browsers show. */
export function logoFile(logo: string | null): Logo | null {
  if (logo === null || logo === '') return null;
  const parts = /^data:([a-z+/]+)((?:;[a-z-]+=[^;,]+)*)(;base64)?,(.*)$/s.exec(logo);
  const kind = KINDS[parts?.[1] ?? ''];
  if (!parts || !kind) {
    throw new Error(
      'The logo must be a data: URI of an SVG, PNG, WebP or JPEG image; pages load nothing from other hosts.',
    );
  }
  const body = parts[4] ?? '';
  const bytes = parts[3] ? Buffer.from(body, 'base64') : Buffer.from(decodeURIComponent(body), 'utf8');
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  return { name: `/_assets/logo-${hash}.${kind}`, bytes };
}
