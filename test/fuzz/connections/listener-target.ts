import type { Chance } from '../../faults/chance.ts';
import type { Findings } from '../findings.ts';
import type { Pool } from '../mutate.ts';
import type { Fed, Input, Target } from '../target.ts';
import { PROXY_ADDRESS, type Programs } from '../under-fuzz/start-programs.ts';
import { carryOut } from './carry-out.ts';
import { holdConnections } from './held-connections.ts';
import type { Listener } from './listener.ts';
import { drawManner, type Manner } from './manner.ts';
import { times } from './patience.ts';

/** What is sent to a listener, and what must not be answered. */
export interface Sent {
  readonly bytes: Uint8Array;
  /** Whether an answer must come though the client waits. */
  readonly isWhole: boolean;
  /** How it must be sent; drawn where nothing is said. */
  readonly manner?: Manner;
  /** What is wrong with that answer, or null. */
  readonly judge?: (text: string) => string | null;
}

/** What every target over sockets is made of. */
export interface OutsideOptions {
  readonly pool: Pool;
  readonly programs: Programs;
  readonly findings: Findings;
  /** How many times as long as usual answers and ends may take. */
  readonly patience: number;
}

export interface ListenerTargetOptions extends Pick<Target, 'name' | 'lanes' | 'slowMs'> {
  /** Its name is the target's. */
  readonly listener: Omit<Listener, 'name'>;
  readonly make: (chance: Chance) => Sent;
  /** A right request to this listener. Throws where it isn't answered rightly. */
  readonly check: () => Promise<void>;
}

/** Addresses of this machine that inputs come from; other systems have one. */
const SOURCES = process.platform === 'linux' ? 250 : 0;

const SHOWN_BYTES = 4_000;

/** A port, and inputs that reach it in every manner: whole, in pieces, half-closed, reset, pipelined, unread, slow. */
export function listenerTarget(
  { programs, findings, patience }: OutsideOptions,
  { name, lanes, slowMs, listener, make, check }: ListenerTargetOptions,
): Target {
  const held = holdConnections({ ...listener, name, limits: times(listener.limits, patience) }, findings);
  return {
    name,
    lanes,
    where: 'outside',
    slowMs,
    next(chance): Input {
      const { bytes, isWhole, judge, manner = drawManner(chance) } = make(chance);
      const address = drawAddress(chance);
      const input: Input = {
        shown: `${JSON.stringify(manner)} from ${address}: ${Buffer.from(bytes.subarray(0, SHOWN_BYTES)).toString('latin1')}`,
        async feed(): Promise<Fed> {
          const port = await listener.port();
          programs.feeding(name, input);
          const seen = await carryOut({ port, address, bytes, manner, isWhole, input, held });
          if (seen.kept) findings.note('kept', name, input, 'not closed though the client had ended its side');
          const wrong = judge?.(seen.text) ?? null;
          if (wrong !== null) throw new Error(`${wrong}: ${seen.text.slice(0, 300)}`);
          return { fiveHundreds: seen.text.match(/^HTTP\/1\.1 5\d\d /gm)?.length ?? 0, ms: seen.ms ?? 0 };
        },
      };
      return input;
    },
    settle: (mostMs) => held.settle(mostMs),
    check,
    async close() {
      held.close();
      await held.settle(0);
    },
  };
}

function drawAddress(chance: Chance): string {
  if (SOURCES === 0 || chance.one(0.6)) return '127.0.0.1';
  return chance.one(0.15) ? PROXY_ADDRESS : `127.7.0.${chance.whole(1, SOURCES)}`;
}

/** Whether these bytes are one request with all of its body, or so many that the first of them is. */
export function isWholeRequest(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const head = text.slice(0, end);
  if (!/^(?:GET|HEAD|POST|PUT|DELETE|OPTIONS) \S+ HTTP\/1\.1\r\n/.test(`${head}\r\n`)) return false;
  if (/transfer-encoding|upgrade|expect/i.test(head)) return false;
  const lengths = [...head.matchAll(/^content-length:(.*)$/gim)];
  if (lengths.length > 1) return false;
  const length = (lengths[0]?.[1] ?? '0').trim();
  return /^\d{1,7}$/.test(length) && text.length - end - 4 >= Number(length);
}
