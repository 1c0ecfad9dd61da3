import { publicProcedure } from '../trpc.ts';

import { serverStatusSchema } from './status.ts';

export const getStatus = publicProcedure.output(serverStatusSchema).query(({ ctx }) => ctx.status());
