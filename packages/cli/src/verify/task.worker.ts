import { parentPort } from 'node:worker_threads';

import { answerTask } from '@elekto/protocol/board';
import type { Task } from '@elekto/protocol/board';

parentPort?.on('message', (task: Task) => answerTask(task, (said) => parentPort?.postMessage(said)));
