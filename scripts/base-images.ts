/**
 * `node scripts/base-images.ts`: the images of others that deploy/ builds from and runs, and whether each is named by its digest. A
 * tag can be given to another image at any time, so nothing is released from a tag alone: fails where one is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const FILES = ['deploy/Containerfile', 'deploy/compose.yaml'] as const;

/** Where a file names an image: what it is built from, what is copied out of one, what is run. */
const NAMED = /^\s*(?:FROM\s+|COPY\s+--from=|image:\s*)(?<image>\S+)/gim;
const DIGEST = /@sha256:[0-9a-f]{64}$/;

/** The images that a Containerfile or compose file takes from a registry, each once; stages of its own and what it builds itself are none. */
export function imagesIn(text: string): string[] {
  const named = [...text.matchAll(NAMED)].map(({ groups }) => groups?.['image'] ?? '');
  return [...new Set(named)].filter((image) => image.includes('/'));
}

/** Of these, those that a tag alone names. */
export const unpinned = (text: string): string[] => imagesIn(text).filter((image) => !DIGEST.test(image));

function main(): void {
  const open = FILES.flatMap((file) =>
    unpinned(readFileSync(join(root, file), 'utf8')).map((image) => ({ file, image })),
  );
  for (const { file, image } of open)
    console.error(
      `${file}: ${image} is named by a tag alone. Look at it, and write its digest behind the tag:\n` +
        `  docker buildx imagetools inspect --format '{{.Manifest.Digest}}' ${image}`,
    );
  if (open.length > 0) process.exitCode = 1;
  else console.log('Every image of others is named by its digest.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
