import { PROOF, reloadIfOld } from './ask-agent.js';

/** @import { LiveLine } from '../live-streams.ts' */

/** Between attempts to reach an agent that isn't there. Milliseconds. */
const RETRY_MS = 2_000;
/** An agent that says nothing for this long is gone: three of its heartbeats. */
const SILENCE_MS = 30_000;

/**
 * Follows the state of the desk for ever, until the agent says that another window took over. `onLost` is called
 * whenever the agent doesn't answer.
 *
 * @param {(line: LiveLine) => void} onLine
 * @param {() => void} onLost
 */
export async function followDesk(onLine, onLost) {
  for (;;) {
    if (await readStream(onLine)) return;
    onLost();
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/**
 * Reads one stream to its end. True when it ended for good.
 *
 * @param {(line: LiveLine) => void} onLine
 */
async function readStream(onLine) {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const response = await fetch('/live', { headers: PROOF, signal: silence.signal });
    if (!response.ok || response.body === null) {
      reloadIfOld(await response.json());
      return false;
    }
    const decoder = new TextDecoder();
    let unread = '';
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return false;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      const lines = (unread + decoder.decode(value, { stream: true })).split('\n');
      unread = lines.pop() ?? '';
      for (const line of lines.filter((text) => text !== '')) {
        /** @type {LiveLine} */
        const told = JSON.parse(line);
        onLine(told);
        if (told.type === 'elsewhere') return true;
      }
    }
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
