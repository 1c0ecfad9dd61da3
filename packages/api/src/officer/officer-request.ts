import type { OfficersRequest, Person } from '@elekto/ballot-box';
import { z } from 'zod';

import { exceptionRequestSchema, exceptionStepSchema } from '../schemas.ts';

const decision = z.enum(['approved', 'declined']);

/** A request as officers see it: with what one of them proposes to another, where two have to agree. */
export const officerRequest = exceptionRequestSchema.extend({
  history: z
    .array(exceptionStepSchema.extend({ proposes: decision.optional(), proposedBy: z.string().optional() }))
    .readonly(),
  /** What waits for a second officer. `own`: it was proposed by who asks, so that it waits for somebody else. */
  proposal: z.object({ by: z.string(), decision, own: z.boolean() }).nullable(),
});

export const toOfficer = (
  { proposal, ...request }: OfficersRequest,
  officer: Person,
): z.infer<typeof officerRequest> => ({
  ...request,
  proposal: proposal && {
    by: proposal.by,
    decision: proposal.decision,
    own: proposal.account === officer.account,
  },
});

/** Whether a request waits for this officer: nobody has decided it, or a second one is needed and it is not theirs. */
export const waitsFor = ({ proposal, status }: OfficersRequest, officer: Person): boolean =>
  proposal === null ? status === 'open' : proposal.account !== officer.account;
