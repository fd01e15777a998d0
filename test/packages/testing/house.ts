import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Keyrack } from '@keyrack/sdk';
import { SERVER_FILE } from '@keyrack/server/main-server-file.ts';
import { onTestFinished } from 'vitest';
import { journaled } from '../../world/journal-files.ts';
import { keyrack, keyrackFolder, type Running } from '../../world/keyrack.ts';
import { ownerOf } from '../../world/owner.ts';
import { FIRST_PROPERTY, setUpProperty, setUpTokenIn } from '../../world/set-up.ts';
import { until } from '../../world/until.ts';
import type { Program } from './version-before.ts';
import { openWire } from './watched-wire.ts';

const ENCODER = '7C778A6C7D01';
const property = FIRST_PROPERTY.property.number;

/** A hotel with one desk, whose server and agent may be of different versions, and are started anew as others. */
export interface House {
  readonly folders: { readonly server: string; readonly agent: string };
  /** As the owner, at the server that runs. */
  v1(): Keyrack;
  desk(): Promise<Answer<'getAgent'>>;
  startServer(program: Program): Promise<void>;
  startAgent(program: Program): Promise<void>;
  /** Ends them in order, or by a kill. */
  stopServer(signal?: NodeJS.Signals): Promise<void>;
  stopAgent(signal?: NodeJS.Signals): Promise<void>;
  /** Issues a new card, and tells the state that it ended in. */
  issue(serial: string): Promise<string>;
  cancel(serial: string): Promise<string>;
  /** Issues a card, of which the server hears no more after its grant; both are killed when the agent's journal has the result. Returns the operation. */
  issueCutInTheMiddle(serial: string): Promise<string>;
  settled(operation: string): Promise<string>;
}

const addressOf = (folder: string) => String(JSON.parse(readFileSync(join(folder, SERVER_FILE), 'utf8')).url);

/** Sets a property up at the server, and pairs the agent there. */
export async function openHouse(programs: { readonly server: Program; readonly agent: Program }): Promise<House> {
  const folder = keyrackFolder();
  const folders = { server: join(folder, 'server'), agent: join(folder, 'agent') };
  const wire = await openWire();
  onTestFinished(() => wire.close());
  let server: Running | undefined;
  let agent: Running | undefined;
  let atDesk = programs.agent;
  let owner: Keyrack | undefined;
  const v1 = () => {
    if (owner === undefined) throw new Error('no server was started');
    return owner;
  };
  const serve = (program: Program) => {
    const env = { KEYRACK_DATA: folders.server, PORT: '0', PAGE_PORT: 'off' };
    server = keyrack(['serve'], env, folder, 'pipe', program);
    return server;
  };
  const find = async () => {
    owner = await until('the server answers', async () => {
      try {
        const here = ownerOf(folders.server);
        await here.properties.list({ limit: 1 });
        return here;
      } catch {
        // It has written nothing yet, or what the one before wrote is there.
        return null;
      }
    });
    wire.leadTo(Number(new URL(addressOf(folders.server)).port));
  };
  const runAgent = async (program: Program, ...more: string[]) => {
    atDesk = program;
    const args = [
      'agent',
      '--data',
      folders.agent,
      '--server',
      wire.url,
      '--sim-encoder',
      ENCODER,
      '--page-port',
      'off',
    ];
    agent = keyrack([...args, ...more], {}, folder, 'pipe', program);
    await agent.says('ready');
  };
  const stop = async (running: Running | undefined, signal: NodeJS.Signals) => {
    running?.child.kill(signal);
    await running?.ended;
  };
  const house: House = {
    folders,
    v1,
    async desk() {
      const [desk] = (await v1().agents.list({ property })).data;
      if (desk === undefined) throw new Error('there is no front desk');
      return desk;
    },
    async startServer(program) {
      serve(program);
      await find();
    },
    startAgent: (program) => runAgent(program),
    stopServer: (signal = 'SIGTERM') => stop(server, signal),
    stopAgent: (signal = 'SIGTERM') => stop(agent, signal),
    async issue(serial) {
      return house.settled(await begin(serial));
    },
    async cancel(serial) {
      const { id } = await v1().operations.create({ property, kind: 'cancel', encoder: await encoder(), serial });
      return house.settled(id);
    },
    async issueCutInTheMiddle(serial) {
      wire.keepBackAfterGrant();
      const operation = await begin(serial);
      await until('the journal has the result', () =>
        journaled(folders.agent).some(({ entry }) => entry.type === 'result' && entry.operation === operation),
      );
      await Promise.all([house.stopServer('SIGKILL'), house.stopAgent('SIGKILL')]);
      return operation;
    },
    settled: async (operation) => (await v1().waitForOperation({ property, operation })).state,
  };
  const encoder = async () => (await v1().encoders.list({ property })).data[0]?.id as number;
  const begin = async (serial: string) => {
    const place = ['sim', '--data', folders.agent, 'place', serial, '--chip', 'ntag-215'];
    const { code, err } = await keyrack(place, {}, folder, 'pipe', atDesk).ended;
    if (code !== 0) throw new Error(err);
    const [room] = (await v1().rooms.list({ property })).data;
    const { id } = await v1().operations.create({
      ...{ property, kind: 'issue', mode: 'new', encoder: await encoder(), room: room?.id ?? '' },
      ...{ holder: { name: 'Ada' }, validUntil: new Date(Date.now() + 86_400_000).toISOString() },
    });
    return id;
  };

  const link = await serve(programs.server).says('/set-up#');
  await setUpProperty(addressOf(folders.server), setUpTokenIn(link));
  await find();
  await v1().rooms.import({ property, rooms: [{ building: '1', floor: '1', number: '101', lockType: 'QRMLOCK' }] });
  const { code } = await v1().agents.createPairingCode({ property, replaces: null });
  await runAgent(programs.agent, '--pair', code ?? '');
  return house;
}
