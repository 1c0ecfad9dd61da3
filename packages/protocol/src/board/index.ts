export type { Task } from '@elekto/custody/board';
export { lookUpReceipt, type ReceiptQuestion } from './look-up-receipt.ts';
export { type BoardBytes } from './check-files.ts';
export { type ShownRelease } from './check-box.ts';
export { type AgreedDecisions, decisionsIn } from './decisions-in.ts';
export { lookInBox } from './look-in-box.ts';
export { type OpenedCount, resultOf } from './make-result.ts';
export { type Counted, type CountInput, verifyCount } from './verify-count.ts';
export { answerTask, makePool, type Pool, type Thread, type ThreadAnswer } from './pool.ts';
