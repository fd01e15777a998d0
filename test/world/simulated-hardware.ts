import { join } from 'node:path';
import {
  type CardConnection,
  createSimulatedDesk,
  type DeskEncoder,
  diskCardBox,
  type Encoder,
  NO_TIME,
  type SimulatedDesk,
  systemClock,
} from '@keyrack/agent';
import type { EncoderInfo } from '@keyrack/protocol';

/** What was done to cards. */
export interface HardwareUse {
  connects: number;
  writes: number;
}

/** Called around every block write to a card: `before` and `after` its confirmation. */
export type OnWrite = (moment: 'before' | 'after') => void | Promise<void>;

/** Encoders that take no time, over the cards in an agent's folder, and a count of what is done with them. */
export function openHardware(
  agentFolder: string,
  infos: readonly EncoderInfo[],
  onWrite: OnWrite = () => {},
): { readonly desk: SimulatedDesk; readonly encoders: readonly DeskEncoder[]; readonly use: HardwareUse } {
  const desk = createSimulatedDesk({
    encoders: infos,
    box: diskCardBox(join(agentFolder, 'cards')),
    clock: systemClock,
    timing: NO_TIME,
  });
  const use: HardwareUse = { connects: 0, writes: 0 };
  const encoders = desk.encoders.map((encoder) => ({
    encoder: counted(encoder, use, onWrite),
    forSignedIn: infos.find(({ mac }) => mac === encoder.mac)?.forSignedIn ?? false,
    simulated: true as const,
  }));
  return { desk, encoders, use };
}

function counted(encoder: Encoder, use: HardwareUse, onWrite: OnWrite): Encoder {
  const write = async (block: () => Promise<void>) => {
    await onWrite('before');
    use.writes += 1;
    await block();
    await onWrite('after');
  };
  const watched = (connection: CardConnection): CardConnection =>
    connection.chip === 'classic-1k'
      ? { ...connection, writeBlock: (at, bytes) => write(() => connection.writeBlock(at, bytes)) }
      : { ...connection, writePage: (at, bytes) => write(() => connection.writePage(at, bytes)) };
  return {
    ...encoder,
    connect: async () => {
      use.connects += 1;
      return watched(await encoder.connect());
    },
  };
}
