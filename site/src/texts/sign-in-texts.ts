import type { SignInProvider } from '../data/model.ts';
import { fill } from './fill.ts';
import type { Texts } from './index.ts';

/** What a page or an island asks people to sign in with, by the name of the provider. */
export const signInTexts = ({ ballot }: Pick<Texts, 'ballot'>, { name: provider }: SignInProvider) => ({
  signIn: fill(ballot.signIn, { provider }),
  signInText: fill(ballot.signInText, { provider }),
});
