/** Does the dear steps of a count's verification away from the page's thread. */
import { answerTask } from '@elekto/protocol/board';
import type { Task } from '@elekto/protocol/board';

self.onmessage = ({ data }: MessageEvent<Task>) => answerTask(data, (said) => self.postMessage(said));
