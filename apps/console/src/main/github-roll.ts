import { net } from 'electron';

const MOST_BYTES = 5_000_000;

/** voters.yaml of a public repository at a commit or branch. Rejects when it is not there or too large. */
export async function fetchRoll(repository: string, commit: string, path: string): Promise<string> {
  const [, owner, name] = new URL(repository).pathname.split('/');
  const parts = [owner ?? '', name ?? '', ...commit.split('/'), ...path.split('/')];
  if (parts.some((part) => part === '' || part === '.' || part === '..')) throw new Error('No such path.');
  const url = `https://raw.githubusercontent.com/${parts.map(encodeURIComponent).join('/')}`;
  const response = await net.fetch(url, {
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`GitHub answered ${response.status}.`);
  const text = await response.text();
  if (text.length > MOST_BYTES) throw new Error('The file is too large.');
  return text;
}
