import { accessOf, type CardKey, type JournalEntry, type WriteOutcome } from '@keyrack/protocol';
import type { Clock } from '../clock.ts';
import { type CardConnection, isCardError, type LikelyKey, readContent, writeContent } from '../encoder/index.ts';
import { type Journal, JournalError } from '../journal/index.ts';
import type { AgentLog } from '../log.ts';
import { concludeWrite } from './conclude-write.ts';
import { type Asked, type GrantMessage, refusalOfStart } from './judge-grant.ts';

export interface GrantedWrite {
  readonly grant: GrantMessage;
  readonly asked: Asked;
  readonly card: CardConnection;
  readonly keys: readonly CardKey[];
  /** The key that opened it when it was read. */
  readonly opens: LikelyKey;
}

export type WriteEnd =
  /** The result is durable. */
  | { readonly type: 'ended'; readonly outcome: WriteOutcome; readonly detail: string | null }
  /** The write couldn't be journaled, so nothing was written. */
  | { readonly type: 'not-begun'; readonly reason: string }
  /** The result couldn't be journaled: this process can't say how it ended, and after a restart it counts as unknown. */
  | { readonly type: 'result-not-journaled'; readonly reason: string };

/**
 * Carries an obeyed grant out: journals the write, writes, reads back, journals the result. Never throws for what a
 * card, an encoder or the disk does.
 */
export async function writeCard(
  { grant, asked, card, keys, opens }: GrantedWrite,
  { journal, clock, log }: { readonly journal: Pick<Journal, 'append'>; readonly clock: Clock; readonly log: AgentLog },
): Promise<WriteEnd> {
  const { operation, nonce, serial, before, target } = grant;
  const unwritten = await appendTo(journal, { type: 'write', operation, nonce, serial, before, target });
  if (unwritten !== null) return { type: 'not-begun', reason: unwritten };
  log.info({ operation, serial }, 'write journaled');

  // The fsync may have taken any time, and the card may have gone meanwhile.
  const late = refusalOfStart(asked, { cardAlive: card.isAlive(), now: clock.monotonic() });
  const { outcome, detail } =
    late === null
      ? await writeAndReadBack({ grant, card, keys, opens, log })
      : { outcome: 'rejected' as const, detail: `not begun: ${late}` };
  log.info({ operation, serial, outcome, detail }, late === null ? 'card written and read back' : 'write not begun');

  const notJournaled = await appendTo(journal, {
    type: 'result',
    operation,
    nonce,
    outcome,
    ...(detail !== null && { detail: detail.slice(0, 200) }),
  });
  return notJournaled === null
    ? { type: 'ended', outcome, detail }
    : { type: 'result-not-journaled', reason: notJournaled };
}

async function writeAndReadBack({
  grant: { operation, before, target },
  card,
  keys,
  opens,
  log,
}: Omit<GrantedWrite, 'asked'> & { log: AgentLog }): Promise<{ outcome: WriteOutcome; detail: string | null }> {
  let failure: string | null = null;
  const failed = (error: unknown) => {
    if (!isCardError(error)) log.error({ operation, err: error }, 'writing a card failed unexpectedly');
    failure ??= error instanceof Error ? error.message : String(error);
    return null;
  };
  await writeContent(card, before, target, keys, opens).catch(failed);
  const now = accessOf(target) === 'keyed' ? (keys[0] ?? null) : 'factory';
  const found = await readContent(card, keys, now).catch(failed);
  const outcome = concludeWrite(before, target, found?.content ?? null);
  if (outcome === 'succeeded') return { outcome, detail: null };
  const saw = found?.content === 'unreadable' ? 'unreadable afterwards' : 'read back as something else';
  return { outcome, detail: failure ?? (outcome === 'damaged' ? saw : 'read back unchanged') };
}

/** Why the entry isn't durable; null when it is. */
async function appendTo(journal: Pick<Journal, 'append'>, entry: JournalEntry): Promise<string | null> {
  try {
    await journal.append(entry);
    return null;
  } catch (error) {
    if (error instanceof JournalError) return error.message;
    throw error;
  }
}
