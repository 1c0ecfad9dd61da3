/* eslint elekto/words-in-catalogue: off -- a refusal, which names step and party as those of packages/custody, in English */
import { accept, refuse, type Result } from '@elekto/custody';

interface Listed {
  readonly login: string;
  readonly sign: string;
  readonly receive: string;
}

/**
 * Compares keys as a server lists them with those that stand in git under the same logins: a server that lists its own key as
 * somebody's would get their share of every ceremony that is begun with it.
 */
export function checkListed(listed: readonly Listed[], inGit: readonly Listed[]): Result<null> {
  for (const { login, sign, receive } of listed) {
    const own = inGit.find((each) => each.login === login);
    if (own !== undefined && own.sign === sign && own.receive === receive) continue;
    const owner = inGit.find((each) => each.sign === sign);
    return refuse(
      'key-listed',
      { step: 'officers\u2019 keys', party: 'the server' },
      owner !== undefined
        ? `it lists the key of ${owner.login} under the login ${login}. Nothing was done with it: tell the other officers.`
        : `under the login ${login} it lists a key that is not in officers/${login}.json of the repository. Nothing was done with it. If that file was changed a moment ago, try again; else tell the other officers.`,
    );
  }
  return accept(null);
}
