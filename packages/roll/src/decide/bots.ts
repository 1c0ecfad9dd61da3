import { botIn, foldLogin } from '@elekto/election';
import type { Facts, RollRules } from '../model.ts';

/** Accounts that many organisations have and whose names do not end in "bot". */
const KNOWN: ReadonlySet<string> = new Set([
  'actions-user',
  'codecov-commenter',
  'codecov-io',
  'copilot',
  'coveralls',
  'dependabot',
  'dependabot-preview',
  'github-actions',
  'googlebot',
  'greenkeeper',
  'istio-policy-bot',
  'k8s-ci-robot',
  'k8s-github-robot',
  'k8s-infra-ci-robot',
  'k8s-release-robot',
  'k8s-triage-robot',
  'knative-prow-robot',
  'linux-foundation-easycla',
  'netlify',
  'nix-owners',
  'ofborg',
  'pre-commit-ci',
  'prow-robot',
  'renovate',
  'renovatebot',
  'scorecard-monitor',
  'snyk-bot',
  'stale',
  'thelinuxfoundation',
  'web-flow',
]);

/** Whether an account is a bot's, by roll.yaml, the forge, the known names and the form of the name, in this order. */
export function isBot(login: string, rules: RollRules, facts: Facts): boolean {
  const folded = foldLogin(login);
  if (rules.people.has(folded)) return false;
  return rules.bots.has(folded) || facts.bots.has(folded) || KNOWN.has(folded) || botIn(folded) !== null;
}
