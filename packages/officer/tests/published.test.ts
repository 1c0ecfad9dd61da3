/** Whose keys are whose is read from git itself, under the logins of the files that officers had reviewed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyOf } from '@elekto/custody/testing';
import { writeOfficerKeys } from '@elekto/election';
import { toBase64Url } from '@elekto/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishedKeys } from '../src/index.ts';
import { ENDS, HOUR, must, openElection, Shown, visitOf } from './world.ts';

describe('the keys that officers have published', () => {
  const { repository } = openElection();
  let homes: string;
  beforeAll(() => {
    homes = mkdtempSync(join(tmpdir(), 'elekto-homes-'));
  });
  afterAll(() => {
    repository.remove();
    rmSync(homes, { recursive: true, force: true });
  });
  const visit = (name = 'a') => visitOf(1, repository, new Shown(null), ENDS - HOUR, join(homes, name));
  const signOf = (number: number): string => toBase64Url(keyOf(number).sign);
  const publish = (login: string, number: number, path = `${login}.json`): string =>
    repository.commit(
      {
        [`elections/officers/${path}`]: writeOfficerKeys({
          ...{ login, sign: signOf(number), receive: toBase64Url(keyOf(number).receive) },
        }),
      },
      ENDS - HOUR,
    );

  it('are those of the files under their own names, and of the custody files', async () => {
    const before = publish('officer-1', 1);
    const { inFiles, officers } = must(await publishedKeys(await visit()));
    expect(officers.map(({ login, sign }) => [login, sign])).toEqual([['officer-1', signOf(1)]]);
    expect(inFiles.map(({ login }) => login)).toEqual(['officer-1', 'officer-2', 'officer-3']);
    publish('officer-2', 9, 'officer-3.json');
    expect(must(await publishedKeys(await visit())).officers).toHaveLength(1);
    repository.git('reset', '--quiet', '--hard', `${before}~1`);
    publish('officer-1', 9);
    expect(await publishedKeys(await visit())).toMatchObject({
      error: {
        code: 'act-history',
        message:
          'Officers\u2019 keys, whoever writes to the repository: the history of the repository was replaced since you last looked.',
      },
    });
  });

  it('are nobody\u2019s where the repository cannot be read', async () => {
    const { access, memory } = await visit('b');
    const gone = { source: join(homes, 'nowhere'), branch: 'main', folder: 'elections' };
    expect(await publishedKeys({ memory, repository: gone, access })).toMatchObject({
      error: { code: 'act-repository' },
    });
  });
});
