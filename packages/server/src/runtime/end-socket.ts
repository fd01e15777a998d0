import type { Duplex } from 'node:stream';

/** Milliseconds that a connection may stay after its last words, for its client to read them and to close its side. */
export const LINGER_MS = 1_000;

const discard = () => {};

/**
 * Ends a connection for good. `end()` alone closes one half, and a client that keeps the other half open keeps the
 * socket for as long as it likes. What still comes in is read and thrown away: a close with unread bytes is a reset,
 * at which some clients lose the answer that they were sent.
 */
export function endSocket(socket: Duplex, lastWords = '', lingerMs = LINGER_MS): void {
  socket.on('error', discard);
  // A parser of HTTP would take what comes now for further requests.
  socket.removeAllListeners('data');
  socket.on('data', discard);
  if (socket.destroyed) return;
  const limit = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(limit));
  // With both halves closed, Node frees the socket by itself.
  socket.end(lastWords);
  socket.resume();
}
