import { parentPort } from 'node:worker_threads';

import type { Task } from '@elekto/custody/board';
import { answerTask } from '@elekto/protocol/board';

parentPort?.on('message', (task: Task) => answerTask(task, (said) => parentPort?.postMessage(said)));
