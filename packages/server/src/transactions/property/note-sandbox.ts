import type { Mac, SandboxCommand } from '@keyrack/protocol';
import type { Doer } from '../../domain/caller.ts';
import { findEncoder } from '../../queries/find-encoder.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';

export type NotedSandbox =
  | { readonly verdict: 'noted'; readonly encoder: Mac; readonly command: SandboxCommand }
  | { readonly verdict: 'not-found' | 'not-simulated' };

/** Records what is going to be asked of a simulated encoder, and by whom. The agent has it in its memory alone. */
export function noteSandbox(
  tx: Tx,
  input: {
    readonly propertyId: string;
    /** The id that the encoder is listed by. */
    readonly id: number;
    readonly command: SandboxCommand;
    readonly doer: Doer;
    readonly now: number;
  },
): NotedSandbox {
  const { propertyId, command, doer, now } = input;
  const encoder = findEncoder(tx, input);
  if (encoder === null) return { verdict: 'not-found' };
  if (!encoder.simulated) return { verdict: 'not-simulated' };
  auditOf(tx, doer, { propertyId, at: now, action: 'sandbox-used', details: { encoder: encoder.mac, ...command } });
  return { verdict: 'noted', encoder: encoder.mac, command };
}
