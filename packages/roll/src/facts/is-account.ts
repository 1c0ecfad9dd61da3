import { cleanLogin, isPossibleLogin } from '@elekto/election';

/** Whether a text can name an account, a person's or an app's (`x[bot]`); an app is no voter and still has to be explained. */
export const isAccount = (text: string): boolean =>
  isPossibleLogin(cleanLogin(text).replace(/\[bot\]$/i, ''));
