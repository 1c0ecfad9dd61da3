import { startGitServer } from '@elekto/testing';

import { electionFiles } from './meta.ts';

/** A meta repository on a git host of its own, with the election `steering`; `add` publishes another. */
export async function hostedMeta(undo: (() => unknown)[]) {
  const git = await startGitServer();
  undo.push(() => git.close());
  const repository = await git.createRepository('meta');
  const add = (folder: string, name: string): Promise<string> =>
    repository.publish(
      Object.fromEntries(
        Object.entries(electionFiles({ name })).map(([file, text]) => [`elections/${folder}/${file}`, text]),
      ),
    );
  await add('steering', 'Steering');
  return { url: repository.url, add };
}
