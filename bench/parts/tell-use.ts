import { isMainThread } from 'node:worker_threads';
import { answerBench } from './answer.ts';

// Loaded into `keyrack serve` before its own code (--import), so that the bench can ask the real program what it takes.

if (isMainThread && process.send !== undefined) {
  answerBench({});
  // The program alone decides how long it runs.
  process.channel?.unref();
}
