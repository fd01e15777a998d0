import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGENT_LIMITS, type Serial } from '@keyrack/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { factoryCard } from '../../simulated/card-memory.ts';
import type { CardHandle, PcscPort, PcscService } from '../pcsc-port.ts';
import { fakeService } from '../testing/fake-service.ts';
import { OTHER_READER, READER, until } from '../testing/pcsc-world.ts';
import { describePcscdHere, HOLD_MS, holdPcscd, type Pcscd } from '../testing/pcscd.ts';
import { type VirtualReader, virtualReader } from '../testing/virtual-reader.ts';
import { openPcsc } from './reader-process.ts';

/** Get UID. */
const COMMAND = Uint8Array.of(0xff, 0xca, 0, 0, 0);

describePcscdHere('the process that calls PC/SC', () => {
  let pcscd: Pcscd;
  let port: PcscPort;
  let service: PcscService;
  let virtual: VirtualReader[];
  let readers: Map<string, boolean>;
  let failures: string[];

  beforeAll(async () => {
    pcscd = await holdPcscd();
  }, HOLD_MS);
  afterAll(() => pcscd.release());
  beforeEach(async () => {
    virtual = [];
    readers = new Map();
    failures = [];
    port = await openPcsc();
  });
  afterEach(async () => {
    for (const each of virtual) each.close();
    await port.close();
    await pcscd.kill();
  });

  /** Starts pcscd with a card on each of its readers, and watches them. */
  async function begin(): Promise<void> {
    pcscd.start();
    virtual = [virtualReader('first'), virtualReader('second')];
    for (const [i, each] of virtual.entries())
      each.place(factoryCard(`04A1B2C3D4E5${i.toString(16).padStart(2, '0').toUpperCase()}` as Serial, 'classic-1k'));
    await until('pcscd answers', async () => {
      watch();
      return until('it is told', () => readers.size === 2 || failures.length > 0).then(() => readers.size === 2);
    });
    await until('the cards are seen', () => [...readers.values()].every(Boolean));
  }

  function watch(): void {
    readers.clear();
    failures.length = 0;
    service = port.start({
      ready: () => {},
      changed: (reader, { present }) => void readers.set(reader, present),
      gone: (reader) => void readers.delete(reader),
      failed: (code) => void failures.push(code),
    });
  }

  const openAll = () => Promise.all([...readers.keys()].map((reader) => service.connect(reader)));

  /** Lets that reader hang with a command under way. */
  async function hang(reader: VirtualReader | undefined, card: CardHandle | undefined): Promise<void> {
    reader?.script('hang');
    card?.transmit(COMMAND).catch(() => {});
    await until('it hangs', () => reader?.hangs());
  }

  test('makes no second call for a card that hangs, which would hold up those of all others', async () => {
    await begin();
    const [first, second] = await openAll();
    await hang(virtual[0], first);
    let ended = 0;
    const more = [first?.transmit(COMMAND), first?.atr(), first?.disconnect(true)].map((call) =>
      call?.catch(() => {}).finally(() => (ended += 1)),
    );
    expect((await second?.transmit(COMMAND))?.length, 'the other reader answers').toBe(9);
    virtual[1]?.remove();
    await until('what happens at the other reader is told', () => readers.get(OTHER_READER) === false);
    expect(ended).toBe(0);
    await pcscd.kill();
    await Promise.all(more);
  });

  test('ends with its hung calls when it is closed', async () => {
    await begin();
    const cards = await openAll();
    await hang(virtual[0], cards[0]);
    const [host = 0] = children();
    const asked = performance.now();
    await port.close();
    expect(performance.now() - asked).toBeLessThan(5_000);
    expect(existsSync(`/proc/${host}`)).toBe(false);
    await expect(cards[0]?.transmit(COMMAND)).rejects.toMatchObject({ code: 'NoService' });
  });

  test('that is killed takes its cards along, and is there again when it is needed', async () => {
    await begin();
    const [card] = await openAll();
    const [host = 0] = children();
    process.kill(host, 'SIGKILL');
    await until('the end is told', () => failures.length > 0);
    expect(failures).toEqual(['ReaderProcessEnded']);
    await expect(card?.transmit(COMMAND)).rejects.toMatchObject({ code: 'NoService' });
    watch();
    await until('the readers are told of again', () => readers.size === 2);
    // pcscd lets go of what the dead one held.
    const again = await until('the card is open', () => service.connect(READER).catch(() => null));
    expect((await again.transmit(COMMAND)).length).toBe(9);
    await again.disconnect(false);
  });

  test('ends by itself when its agent is killed, hung calls or not', async () => {
    await begin();
    const agent = fork(join(import.meta.dirname, '../testing/hold-card.ts'), [READER], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    virtual[0]?.script('hang', 2);
    const ended = once(agent, 'exit').then(([code]) => Promise.reject(new Error(`the agent ended with ${code}`)));
    ended.catch(() => {});
    const [host] = (await Promise.race([once(agent, 'message'), ended])) as [number];
    await until('it hangs', () => virtual[0]?.hangs());
    agent.kill('SIGKILL');
    await until('the other one is gone too', () => !existsSync(`/proc/${host}`) || isDead(host));
  });

  test('outlives a signal that its whole group gets: the agent has cards to let go of', async () => {
    await begin();
    const [card] = await openAll();
    const [host = 0] = children();
    process.kill(host, 'SIGINT');
    process.kill(host, 'SIGTERM');
    expect((await card?.transmit(COMMAND))?.length).toBe(9);
  });
});

describePcscdHere('where all that sixteen readers can have under way hangs', () => {
  test('the agent has its disk, and one more is asked for', async () => {
    const fake = await fakeService('hangs');
    const port = await openPcsc({ env: { ...process.env, PCSCLITE_CSOCK_NAME: fake.socket } });
    const service = port.start({ ready: () => {}, changed: () => {}, gone: () => {}, failed: () => {} });
    const count = 2 * AGENT_LIMITS.encoders;
    const connecting = Array.from({ length: count }, () => service.connect(READER).catch(() => {}));
    await until('all hang', () => fake.asked() === count);
    let longestTurn = 0;
    let turn = performance.now();
    const turns = setInterval(() => {
      longestTurn = Math.max(longestTurn, performance.now() - turn);
      turn = performance.now();
    }, 5);
    for (let i = 0; i < 200; i += 1) await readFile(import.meta.filename);
    clearInterval(turns);
    expect(longestTurn).toBeLessThan(1_000);
    connecting.push(service.connect(READER).catch(() => {}));
    await until('one more hangs', () => fake.asked() === count + 1);
    await port.close();
    await Promise.all(connecting);
    await fake.close();
  });
});

test('a process that never begins is given up and killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-host-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [program, began] = [join(folder, 'program.mjs'), join(folder, 'began')];
  const rest = 'setInterval(() => {});';
  writeFileSync(
    program,
    // Renamed to its place, so that a process which is killed while it writes leaves no number that isn't its own.
    `import { renameSync, writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(`${began}.new`)}, String(process.pid));\nrenameSync(${JSON.stringify(`${began}.new`)}, ${JSON.stringify(began)});\n${rest}\n`,
  );
  let beginMs = 1_000;
  // On a slow computer it doesn't even get that far.
  for (; !existsSync(began); beginMs *= 2)
    await expect(openPcsc({ env: process.env, program, beginMs })).rejects.toThrow(
      /has not begun within .* start again/,
    );
  const pid = Number(readFileSync(began, 'utf8'));
  await expect.poll(() => isThere(pid)).toBe(false);
});

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Processes that this one has started and that live. */
function children(): number[] {
  const started = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ');
  return started.map(Number).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('reader-host'));
}

/** Ended, and not yet taken notice of by whoever inherited it. */
function isDead(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}
