import { COLLECT_CHANNEL } from './answer-parent.ts';

// Loaded before a program with --import and --expose-gc: each of its threads collects its garbage when `answer-parent.ts`
// tells it to, so that what is left is in use.

const channel = new BroadcastChannel(COLLECT_CHANNEL);
channel.onmessage = () => globalThis.gc?.();
channel.unref();
