import { LIMITS } from '@elekto/election';

/** Blobs of this many bytes and more are not asked for. */
const OMITTED_FROM = Math.max(...Object.values(LIMITS).filter((limit) => limit > 1024 * 1024)) + 1;

/** Whether a server's ref advertisement (its first lines) offers partial fetches. */
export function offersFilter(advertisement: string): boolean {
  return /[\0 =]filter[ \n]/.test(advertisement.slice(0, 4096));
}

/**
 * Adds to an upload-pack request (protocol 0/1) what isomorphic-git does not ask for. `thin-pack`: the server
 * builds on what we have and sends what changed, instead of everything for every commit; the pack reader finds
 * such bases in earlier packs. With `filter`, `filter blob:limit=...`: the server leaves out blobs we would
 * refuse anyway. Another request is returned as it is. Format: Documentation/gitprotocol-pack.txt and
 * -capabilities.txt in git's sources.
 */
export function askForLess(body: Buffer<ArrayBuffer>, filter: boolean): Buffer<ArrayBuffer> {
  const length = Number.parseInt(body.toString('latin1', 0, 4), 16);
  const first = body.toString('latin1', 4, length);
  if (!(length > 4) || !first.startsWith('want ')) return body;
  // The request's lines end with the first flush packet; haves follow it.
  let end = 0;
  for (let at = 0; at + 4 <= body.length;) {
    const size = Number.parseInt(body.toString('latin1', at, at + 4), 16);
    if (size === 0) {
      end = at;
      break;
    }
    if (!(size >= 4)) return body;
    at += size;
  }
  if (end === 0) return body;
  return Buffer.concat([
    line(first.replace(/\n?$/, filter ? ' thin-pack filter\n' : ' thin-pack\n')),
    body.subarray(length, end),
    ...(filter ? [line(`filter blob:limit=${OMITTED_FROM}\n`)] : []),
    body.subarray(end),
  ]);
}

function line(text: string): Buffer<ArrayBuffer> {
  return Buffer.from((text.length + 4).toString(16).padStart(4, '0') + text, 'latin1');
}
