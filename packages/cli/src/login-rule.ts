import type { LoginRule } from '@elekto/election';

/**
 * How logins are compared, as the server's settings say it (ELEKTO_SIGN_IN, ELEKTO_SIGN_IN_LOGIN_CASE); without any, case is
 * ignored. A repository whose people sign in where case is told apart has the second set where it is checked.
 */
export const loginRule = (env: NodeJS.ProcessEnv): LoginRule =>
  (env['ELEKTO_SIGN_IN_LOGIN_CASE'] ?? (env['ELEKTO_SIGN_IN'] === 'oidc' ? 'exact' : 'ignored')) === 'exact'
    ? { logins: 'exact' }
    : {};
