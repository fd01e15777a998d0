import { type ServerMessage, serverMessage } from '@keyrack/protocol';
import { LINK_LIMITS } from './link-limits.ts';

export type Received =
  | { readonly ok: true; readonly message: ServerMessage }
  | { readonly ok: false; readonly why: string };

/** What the server said; `why` never repeats what was received, for keys might be in it. */
export function readMessage(text: string): Received {
  if (text.length > LINK_LIMITS.receiveBytes) return { ok: false, why: `a message of ${text.length} characters` };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, why: 'a message that is not JSON' };
  }
  const parsed = serverMessage.safeParse(json);
  if (parsed.success) return { ok: true, message: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, why: `an invalid message (${issue?.code} at "${issue?.path.join('.')}")` };
}
