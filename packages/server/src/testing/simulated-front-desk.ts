import { createHash, randomUUID } from 'node:crypto';
import {
  AGENT_PROTOCOL,
  type AgentId,
  type AgentMessage,
  type JournalId,
  journalStart,
  type Mac,
  type SandboxAnswer,
  type SandboxCommand,
  type ServerMessage,
} from '@keyrack/protocol';
import { newAgent } from '../domain/places.ts';
import { drawToken } from '../runtime/draw-token.ts';
import type { RestWorld } from './rest-world.ts';

/** A front desk that speaks the agents' protocol and says what it is told to. Its encoder is the only one of its property. */
export interface FrontDesk {
  /** The id of its encoder. */
  readonly encoder: number;
  /** What it was asked of the sandbox. */
  readonly asked: readonly SandboxCommand[];
  leave(): void;
}

interface FrontDeskOptions {
  readonly propertyId: string;
  readonly mac: Mac;
  /** What it says that its encoder is. */
  readonly simulated?: boolean;
  readonly protocol?: number;
  /** What it answers a question of the sandbox; nothing for null. */
  readonly answer?: (command: SandboxCommand) => SandboxAnswer | null;
}

export const EMPTY: SandboxAnswer = { verdict: 'done', state: { card: null, failure: null } };

/** Connects one to a server; resolves when it is welcome. */
export async function connectFrontDesk(
  { server, put, rows }: RestWorld,
  { propertyId, mac, simulated = true, protocol = AGENT_PROTOCOL, answer = () => EMPTY }: FrontDeskOptions,
): Promise<FrontDesk> {
  const id = randomUUID() as AgentId;
  const journal = randomUUID() as JournalId;
  const token = createHash('sha256').update(drawToken()).digest('base64url');
  const tokenHash = createHash('sha256').update(token).digest('hex');
  await put({ table: 'agents', row: newAgent({ propertyId, id, name: 'Desk', tokenHash }) });
  const asked: SandboxCommand[] = [];
  const welcomed = Promise.withResolvers<void>();
  const say = (message: AgentMessage) => session.receive(JSON.stringify(message));

  const hear = (message: ServerMessage): void => {
    switch (message.type) {
      case 'challenge':
        say({
          type: 'hello',
          protocol,
          agent: id,
          proof: { by: 'token', token },
          instance: randomUUID() as never,
          software: 'test',
          journal: { id: journal, head: journalStart(journal) },
          acknowledged: null,
          encoders: [{ mac, name: 'Encoder', forSignedIn: false, ...(simulated && { simulated: true as const }) }],
        });
        break;
      case 'cursor':
        say({ type: 'catch-up', records: [], inProgress: [] });
        break;
      case 'welcome':
        welcomed.resolve();
        break;
      case 'refused':
        welcomed.reject(new Error(message.message));
        break;
      case 'sandbox': {
        asked.push(message.command);
        const told = answer(message.command);
        if (told !== null) say({ type: 'sandbox', request: message.request, answer: told });
      }
    }
  };
  const session = server.dispatcher.connect({
    protocol,
    address: '192.0.2.1',
    proved() {},
    // Later, as over a wire.
    send: (text) => queueMicrotask(() => hear(JSON.parse(text) as ServerMessage)),
    close() {},
  });
  await welcomed.promise;
  const encoder = rows('encoders').find((each) => each.mac === mac)?.id;
  if (encoder === undefined) throw new Error('the encoder was not recorded');
  return { encoder, asked, leave: () => session.closed() };
}
