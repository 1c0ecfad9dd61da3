import { z } from 'zod';
import { isAccount } from '../facts/is-account.ts';
import { FORGES, KINDS } from '../model.ts';

const repository = z
  .string()
  .regex(/^(?!\.)[\w.-]+(?:\/(?!\.+(?:\/|$))[\w.*-]+)+$/, 'owner/name is expected')
  .describe(
    'owner/name, or a pattern: owner/* is every repository of an owner, owner/** also those of groups within it.',
  );
const moment = z.string().describe('YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, in UTC; a day alone is all of it.');
const window = z
  .strictObject({ from: moment, until: moment })
  .describe('First and last moment that count, both inclusive.');
const login = z.string().min(1).max(100).refine(isAccount, { message: 'that is not the name of an account' });
const file = z.string().min(1).max(500);
const from = repository
  .optional()
  .describe('The repository that holds the file; without it, the folder of roll.yaml.');
const whole = z.number().positive().max(1_000_000);

const contributions = z
  .strictObject({
    repositories: z.array(repository).min(1).describe('Where contributions count.'),
    except: z.array(repository).optional().describe('Of these, the ones that do not count.'),
    kinds: z
      .array(z.enum(KINDS))
      .min(1)
      .describe('What counts. pull_requests are merged ones, commits are no merges.'),
    weights: z
      .partialRecord(z.enum(KINDS), whole)
      .optional()
      .describe('How much one of a kind counts: 1 without.'),
    at_least: whole.describe('How many it takes.'),
    window: window.optional().describe('Instead of the window for all rules.'),
  })
  .describe('Who has contributed so often within the window.');

const sources = {
  contributions: contributions.optional(),
  organization: z.string().min(1).optional().describe('Members of an organisation.'),
  team: z
    .string()
    .regex(/^[^/\s]+(?:\/[^/\s]+)+$/)
    .optional()
    .describe('Members of a team: organisation/team; on GitLab of a group within a group.'),
  named: z
    .strictObject({
      repository: from,
      file,
      at: z.string().min(1).describe('A path into YAML or JSON: sigs[*].leadership.chairs[*].github'),
    })
    .optional()
    .describe('Logins that a YAML or JSON file names.'),
  owners: z
    .strictObject({
      repository: from,
      files: file.optional().describe('**/OWNERS without.'),
      roles: z
        .array(z.enum(['approvers', 'reviewers', 'emeritus_approvers']))
        .min(1)
        .optional()
        .describe('approvers and reviewers without.'),
    })
    .optional()
    .describe('Who OWNERS files name; aliases are those of OWNERS_ALIASES beside them or at the top.'),
  codeowners: z
    .strictObject({ repository: from, file: file.optional().describe('CODEOWNERS without.') })
    .optional()
    .describe('People whom a CODEOWNERS file names. Its teams are left out: name them as team.'),
  csv: z
    .strictObject({
      repository: from,
      file,
      column: z.string().min(1).describe('The column of the logins.'),
      count: z.string().min(1).optional().describe('A column of numbers.'),
      at_least: whole.optional().describe('What the number has to be.'),
    })
    .optional()
    .describe('Rows of a CSV file, such as an export of devstats.'),
  roll: z
    .strictObject({ repository: from, file })
    .optional()
    .describe('A file like voters.yaml: an earlier roll, or approved exceptions.'),
  list: z.array(login).min(1).optional().describe('These logins.'),
};
/** The words of which a rule has exactly one. */
export const RULE_WORDS = ['any', 'all', ...Object.keys(sources)] as readonly string[];

const rule: z.ZodType = z.lazy(() =>
  z
    .strictObject({
      name: z.string().min(1).max(80).optional().describe('What the evidence calls this rule.'),
      any: z.array(rule).min(1).optional().describe('Who meets one of these.'),
      all: z.array(rule).min(1).optional().describe('Who meets every one of these.'),
      ...sources,
      except: z.array(rule).optional().describe('Who meets one of these is left out.'),
    })
    .refine((value) => RULE_WORDS.filter((word) => word in value).length === 1, {
      message: `a rule has exactly one of ${RULE_WORDS.join(', ')}`,
    })
    .meta({ id: 'rule' }),
);

/** roll.yaml as it is written; docs/schema/roll.schema.json is made of it. */
export const rollShape = z.strictObject({
  forge: z.enum(FORGES).optional().describe('Who answers for the repositories: github without.'),
  api: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Address of the forge's interface, for another installation than the public one."),
  window: window.optional().describe('The window for all rules of contributions.'),
  who: rule,
  except: z.array(rule).optional().describe('Nobody of these may vote.'),
  bots: z.array(login).optional().describe('Accounts that are bots, beside those that are known.'),
  people: z.array(login).optional().describe('Accounts that look like bots and are people.'),
  accounts: z
    .record(z.string(), login)
    .optional()
    .describe('Logins by e-mail address, for authors of commits whom nothing else tells.'),
});

/** A rule as it is written. */
export interface RuleShape {
  readonly name?: string;
  readonly any?: readonly RuleShape[];
  readonly all?: readonly RuleShape[];
  readonly contributions?: z.infer<typeof contributions>;
  readonly organization?: string;
  readonly team?: string;
  readonly named?: z.infer<NonNullable<(typeof sources)['named']>>;
  readonly owners?: z.infer<NonNullable<(typeof sources)['owners']>>;
  readonly codeowners?: z.infer<NonNullable<(typeof sources)['codeowners']>>;
  readonly csv?: z.infer<NonNullable<(typeof sources)['csv']>>;
  readonly roll?: z.infer<NonNullable<(typeof sources)['roll']>>;
  readonly list?: readonly string[];
  readonly except?: readonly RuleShape[];
}
