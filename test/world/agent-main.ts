import { flushCompileCache } from 'node:module';
import {
  folderDisk,
  journalFolder,
  startAgent,
  startControl,
  systemRandomness,
  webSocketTransport,
} from '@keyrack/agent';
import { agentId, type EncoderInfo } from '@keyrack/protocol';
import { dieAt } from './death.ts';
import { lineLog } from './lines.ts';
import { diskPoints, transportPoints, writePoints } from './named-points.ts';
import { openHardware } from './simulated-hardware.ts';

/**
 * A front desk in a process of its own, worked through `keyrack sim`'s control endpoint, which dies by SIGKILL at the
 * point that DIE_AT names, when it comes by there for the first time: one of `transportPoints`, `diskPoints` and
 * `writePoints`.
 */
const die = dieAt(process.env.DIE_AT);
const given: {
  readonly server: string;
  readonly folder: string;
  readonly agent: string;
  readonly token: string;
  readonly encoders: readonly EncoderInfo[];
} = JSON.parse(process.env.AGENT ?? '{}');

const hardware = openHardware(given.folder, given.encoders, writePoints(die));
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
    simulated: hardware.desk,
    transport: transportPoints(webSocketTransport, die),
    disk: diskPoints(await folderDisk(journalFolder(given.folder)), die),
    // Connects again soon: a test waits for it.
    random: { ...systemRandomness, fraction: () => 0.05 },
  },
});
process.on('disconnect', () => process.exit(0));
// It will be killed, and what it compiled is for the next all the same: Node keeps that at an orderly end alone.
flushCompileCache();
process.send?.({ started: true });
