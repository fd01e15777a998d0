import {
  type Disk,
  folderDisk,
  journalFolder,
  startAgent,
  startControl,
  systemRandomness,
  type Transport,
  webSocketTransport,
} from '@keyrack/agent';
import { agentId, type EncoderInfo } from '@keyrack/protocol';
import { dieAt } from './death.ts';
import { lineLog } from './lines.ts';
import { openHardware } from './simulated-hardware.ts';

/**
 * A front desk in a process of its own, worked through `keyrack sim`'s control endpoint, which dies by SIGKILL at the
 * point that DIE_AT names, when it comes by there for the first time:
 *
 * - `received TYPE`: a message of that type came in and nothing knows of it yet.
 * - `sent TYPE`: one has just been handed to the socket.
 * - `journal before|appended|synced write|result`: that record is about to be journaled, is in the file, is durable.
 * - `block before|after N`: the N-th block is about to be written, or was confirmed by the card.
 *
 * An `acknowledge` counts only after a report.
 */
const die = dieAt(process.env.DIE_AT);
const given: {
  readonly server: string;
  readonly folder: string;
  readonly agent: string;
  readonly token: string;
  readonly encoders: readonly EncoderInfo[];
} = JSON.parse(process.env.AGENT ?? '{}');

function mortalTransport(): Transport {
  let reported = false;
  const typeOf = (text: string) => String(JSON.parse(text).type);
  return {
    connect(url, listener) {
      const channel = webSocketTransport.connect(url, {
        ...listener,
        received(text) {
          const type = typeOf(text);
          if (type !== 'acknowledge' || reported) die(`received ${type}`);
          listener.received(text);
        },
      });
      return {
        ...channel,
        send(text) {
          channel.send(text);
          reported ||= typeOf(text) === 'report';
          die(`sent ${typeOf(text)}`);
        },
      };
    },
  };
}

function mortalDisk(disk: Disk): Disk {
  let appended: string | null = null;
  return {
    ...disk,
    async append(name, bytes) {
      appended = /"entry":\{"type":"(write|result)"/.exec(Buffer.from(bytes).toString('utf8'))?.[1] ?? null;
      die(`journal before ${appended}`);
      await disk.append(name, bytes);
      die(`journal appended ${appended}`);
    },
    async syncFile(name) {
      await disk.syncFile(name);
      if (appended !== null) die(`journal synced ${appended}`);
      appended = null;
    },
  };
}

let block = 0;
const hardware = openHardware(given.folder, given.encoders, (moment) => {
  if (moment === 'before') block += 1;
  die(`block ${moment} ${block}`);
});
const log = lineLog((line) => process.stderr.write(`agent ${line}\n`));
await startControl(hardware.desk, given.folder);
await startAgent({
  server: given.server,
  folder: given.folder,
  agent: agentId.parse(given.agent),
  token: given.token,
  encoders: [],
  log,
  parts: {
    encoders: hardware.encoders,
    transport: mortalTransport(),
    disk: mortalDisk(await folderDisk(journalFolder(given.folder))),
    // Connects again soon: a test waits for it.
    random: { ...systemRandomness, fraction: () => 0.05 },
  },
});
process.on('disconnect', () => process.exit(0));
process.send?.({ started: true });
