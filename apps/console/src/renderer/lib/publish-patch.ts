import type { FolderFile } from '@elekto/protocol/result';
import { newBinaryPatch } from './binary-patch.ts';
import { pathIn } from './host-links.ts';
import { unifiedPatch } from './patch.ts';

/** One patch that adds all files of a result to an election's folder. */
export async function publishPatch(folder: string, files: readonly FolderFile[]): Promise<string> {
  const parts: string[] = [];
  for (const { name, content } of files) {
    const path = pathIn(folder, name);
    parts.push(
      typeof content === 'string' ? unifiedPatch(path, null, content) : await newBinaryPatch(path, content),
    );
  }
  return parts.join('');
}
