import {
  AGENT_LIMITS,
  type AgentMessage,
  type JournalEntry,
  type Mac,
  type Reading,
  type Serial,
  type ServerMessage,
} from '@keyrack/protocol';
import type { Process } from '../clockwork/computer.ts';
import type { NetworkEyes } from '../world/network.ts';
import type { EncoderEyes } from '../world/watched-encoder.ts';
import { type Ledger, type NonceTale, taleOf } from './ledger.ts';
import type { Verdict } from './verdict.ts';

export interface AgentWatch extends NetworkEyes, EncoderEyes {
  /** The plastic changed under that encoder. */
  plasticChanged(process: Process | null, serial: Serial, mac: Mac, content: Reading): void;
  /** The agent appends to its journal; the returned function is called when the journal says that it is durable. */
  journaling(process: Process, entry: JournalEntry): (synced: boolean) => void;
}

export interface AgentWatchParts {
  readonly ledger: Ledger;
  readonly verdict: Verdict;
  readonly now: () => number;
  readonly contentOf: (serial: Serial) => Reading;
  /** Whether the database says that this operation ended without a change of the plastic. */
  readonly endedUnchanged: (operation: string) => boolean;
  readonly hasSucceeded: (operation: string) => boolean;
}

/** Sees what agents do, and checks it against what they may do. */
export function watchAgents({
  ledger,
  verdict,
  now,
  contentOf,
  endedUnchanged,
  hasSucceeded,
}: AgentWatchParts): AgentWatch {
  const taleAt = (process: Process, mac: Mac): NonceTale | undefined => ledger.open.get(process)?.get(mac);

  function sentByAgent(message: AgentMessage, process: Process, wire: Parameters<NetworkEyes['sent']>[0]): void {
    switch (message.type) {
      case 'hello':
        ledger.processOfInstance.set(message.instance, process);
        return;
      case 'open': {
        const { nonce, operation, encoder: mac, serial } = message;
        const tale: NonceTale = {
          nonce,
          operation,
          process,
          mac,
          serial,
          openedAt: now(),
          readOn: null,
          asked: null,
          grantHeardOn: null,
          begun: false,
          writeDurable: false,
          writes: 0,
          readsSinceWrite: 0,
        };
        if (ledger.nonces.has(nonce)) verdict.fail('a grant is for one moment', `nonce ${nonce} is used again`);
        ledger.nonces.set(nonce, tale);
        const encoders = ledger.open.get(process) ?? new Map<Mac, NonceTale>();
        ledger.open.set(process, encoders.set(mac, tale));
        return;
      }
      case 'present': {
        const tale = ledger.nonces.get(message.nonce);
        if (tale !== undefined) tale.asked = { at: process.clock.monotonic(), wire };
        return;
      }
      default:
    }
  }

  function sentByServer(message: ServerMessage, process: Process): void {
    if (message.type === 'grant') {
      if (ledger.grants.get(message.nonce)?.durable !== true)
        verdict.fail('told what is durable', `grant ${message.nonce} is sent before it is durable`);
      return;
    }
    if (message.type !== 'acknowledge') return;
    const agentId = ledger.agentOf.get(process);
    const durable = agentId === undefined ? undefined : ledger.durableCursor.get(agentId);
    if (message.position.number > (durable?.number ?? 0))
      verdict.fail('told what is durable', `position ${message.position.number} is acknowledged and not durable`);
  }

  /** The first command after asking is the beginning of the write. */
  function begin(tale: NonceTale, connection: object): void {
    const { nonce, process, mac, serial, asked, operation } = tale;
    tale.begun = true;
    const grant = ledger.grants.get(nonce);
    if (grant === undefined || !grant.durable) {
      verdict.fail('no write without a grant', `${process.name} begins to write ${serial} under nonce ${nonce}`);
      return;
    }
    if (grant.serial !== serial || grant.operation !== operation) {
      verdict.fail('no write without a grant', `grant ${nonce} is for ${grant.serial}, not ${serial}`);
      return;
    }
    if (tale.grantHeardOn === null || tale.grantHeardOn !== asked?.wire) {
      verdict.fail('a grant is for one moment', `grant ${nonce} came on another connection than the one that asked`);
    }
    const late = process.clock.monotonic() - (asked?.at ?? 0);
    if (late >= AGENT_LIMITS.grantWindowMs) {
      verdict.fail('a grant is for one moment', `the write under ${nonce} begins ${late} ms after asking`);
    }
    if (connection !== tale.readOn) {
      verdict.fail('a grant is for one moment', `${nonce} is written on another card connection than was read`);
    }
    if (!tale.writeDurable) verdict.fail('journaled first', `the write under ${nonce} begins and isn't journaled`);
    const last = ledger.begunAt.get(mac) ?? 0;
    if (grant.place <= last) verdict.fail('order of grants', `grant ${nonce} is carried out after a later one`);
    ledger.begunAt.set(mac, Math.max(last, grant.place));
  }

  return {
    sent(wire, from, text) {
      if (from === 'agent') {
        if (startsAs(text, 'open') || startsAs(text, 'present') || startsAs(text, 'hello'))
          sentByAgent(JSON.parse(text) as AgentMessage, wire.agent, wire);
      } else if (startsAs(text, 'grant') || startsAs(text, 'acknowledge')) {
        sentByServer(JSON.parse(text) as ServerMessage, wire.agent);
      }
    },
    delivered(wire, to, text) {
      if (to !== 'agent' || !startsAs(text, 'grant')) return;
      const { nonce } = JSON.parse(text) as Extract<ServerMessage, { type: 'grant' }>;
      const tale = ledger.nonces.get(nonce);
      if (tale !== undefined) tale.grantHeardOn = wire;
    },
    command(process, mac, connection, command) {
      const tale = taleAt(process, mac);
      if (tale === undefined) {
        if (command === 'write') verdict.fail('no write without a grant', `${process.name} writes unasked`);
        return;
      }
      if (tale.asked !== null && !tale.begun) begin(tale, connection);
      if (command !== 'write') return;
      if (!tale.begun) return verdict.fail('no write without a grant', `${process.name} writes without asking`);
      tale.writes += 1;
      tale.readsSinceWrite = 0;
      const { operation } = tale;
      if (operation === null) return verdict.fail('no write without a grant', 'settling writes');
      const { writtenUnder } = taleOf(ledger, operation);
      writtenUnder.add(tale.nonce);
      if (writtenUnder.size > 1 && !ledger.setBack.has(operation))
        verdict.fail('one effect', `operation ${operation} is written twice`);
    },
    confirmed(process, mac, connection, command) {
      const tale = taleAt(process, mac);
      if (tale === undefined || command !== 'read') return;
      if (tale.asked === null) tale.readOn = connection;
      tale.readsSinceWrite += 1;
    },
    plasticChanged(process, serial, mac, content) {
      const before = ledger.contents.get(serial) ?? content;
      ledger.contents.set(serial, content);
      ledger.dirty.add(serial);
      const operation = process === null ? null : (taleAt(process, mac)?.operation ?? null);
      if (operation === null) return verdict.fail('no write without a grant', `card ${serial} changed by itself`);
      const tale = taleOf(ledger, operation);
      if (tale.effect === null) tale.effect = { before, after: content };
      else tale.effect.after = content;
      if (content === before || ledger.setBack.has(operation)) return;
      checkLifting(operation, serial, process, mac, content);
      if (tale.told === 'not done')
        verdict.fail('callers were told the truth', `${operation} writes and its caller was told that it didn't`);
      if (endedUnchanged(operation)) verdict.fail('no change', `${operation} writes and it has ended without`);
    },
    journaling(process, entry) {
      const tale = ledger.nonces.get(entry.nonce);
      if (entry.type === 'result' && tale !== undefined) checkResult(tale, entry.outcome);
      return (synced) => {
        if (!synced) verdict.fail('journaled first', `${process.name} takes a ${entry.type} for durable that isn't`);
        if (entry.type === 'write' && tale !== undefined) tale.writeDurable = true;
      };
    },
  };

  /** An issue takes no plastic that another one wrote and nobody lifted since. */
  function checkLifting(operation: string, serial: Serial, process: Process | null, mac: Mac, content: Reading): void {
    const nonce = process === null ? undefined : taleAt(process, mac)?.nonce;
    const grant = nonce === undefined ? undefined : ledger.grants.get(nonce);
    const other = ledger.unlifted.get(serial);
    if (grant?.kind === 'cancel') ledger.unlifted.delete(serial);
    if (grant?.kind !== 'issue') return;
    if (other !== undefined && other !== operation && ledger.restores === 0 && hasSucceeded(other))
      verdict.fail('plastic of its own', `${operation} writes ${serial}, which ${other} made and nobody lifted`);
    if (content === grant.target) ledger.unlifted.set(serial, operation);
  }

  /** What the agent concludes, against what the plastic holds. */
  function checkResult(tale: NonceTale, outcome: string): void {
    const { nonce, mac, serial, writes, readsSinceWrite } = tale;
    const grant = ledger.grants.get(nonce);
    if (grant === undefined) {
      verdict.fail('no write without a grant', `a result without a grant: ${nonce}`);
      return;
    }
    const content = contentOf(serial);
    switch (outcome) {
      case 'succeeded':
        // Three blocks of a Classic, three times four pages of the others.
        if (readsSinceWrite < 3) verdict.fail('read back', `${nonce} succeeded and wasn't read back`);
        if (content !== grant.target) verdict.fail('true outcome', `${nonce} succeeded and the card holds ${content}`);
        return;
      case 'rejected':
        if (writes > 0 && content !== grant.before)
          verdict.fail('true outcome', `${nonce} was rejected and the card holds ${content}`);
        return;
      case 'damaged':
        if (content === grant.target || content === grant.before)
          verdict.fail('true outcome', `${nonce} is damaged and the card holds ${content}`);
        return;
      default:
        if ((ledger.troubleAt.get(mac) ?? -1) < tale.openedAt)
          verdict.fail('justified unknown', `${nonce} is unknown and nothing befell the card`);
    }
  }
}

function startsAs(text: string, type: string): boolean {
  return text.startsWith(`{"type":"${type}"`);
}
