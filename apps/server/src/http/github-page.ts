/**
 * The page of a repository on GitHub, `https://github.com/<owner>/<repository>`, where officers can propose
 * changes. Null for any other source. Never with credentials in it.
 */
export function gitHubPage(source: string): string | null {
  const ssh = /^(?:ssh:\/\/)?git@github\.com[:/](.+)$/.exec(source)?.[1];
  const url = ssh === undefined ? URL.parse(source) : URL.parse(`https://github.com/${ssh}`);
  if (!url || url.protocol !== 'https:' || url.hostname !== 'github.com') return null;
  const [, owner, name = ''] = url.pathname.split('/');
  const repository = name.replace(/\.git$/, '');
  return owner && repository ? `https://github.com/${owner}/${repository}` : null;
}
