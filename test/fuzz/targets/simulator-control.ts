import type { Chance } from '../../faults/chance.ts';
import { expectBack } from '../connections/expect-answer.ts';
import { listenerTarget, type OutsideOptions, type Sent } from '../connections/listener-target.ts';
import { CONTROL_PATIENCE } from '../connections/patience.ts';
import { mutateBytes, mutateText, mutateValue } from '../mutate.ts';
import type { Target } from '../target.ts';

const COMMANDS: readonly unknown[] = [
  { command: 'list' },
  { command: 'add', serial: '0418D59198CC88', chip: 'ntag-213' },
  { command: 'place', serial: '4567' },
  { command: 'place', serial: '4567', encoder: '7C778A6C7D9C' },
  { command: 'remove', encoder: '7C778A6C7D9C' },
  { command: 'tear', serial: '4567', writes: 3, mode: 'first-half' },
  { command: 'show', serial: '4567' },
  { command: 'doors' },
  { command: 'copy', serial: '4567', onto: '77E1A2C4' },
  { command: 'knock', door: '001001R007', serial: '4567' },
  { command: 'program', door: 'lobby', lock: { kind: 'shared', propertyTag: '00', keys: [] } },
];

/** The socket on which the simulated encoders are worked: lines of JSON with its token, and without. */
export function simulatorControl(options: OutsideOptions): Target {
  const { pool, programs } = options;
  const { agent } = programs;
  let token = '';
  const port = async () => {
    const { control } = await agent.whenReady();
    ({ token } = control);
    return control.port;
  };
  const make = (chance: Chance): Sent => {
    const isRight = chance.one(0.7);
    const shown = isRight ? token : chance.of(['', token.slice(1), 'A'.repeat(43), chance.of(pool.texts)]);
    const lines = Array.from({ length: chance.one(0.8) ? 1 : chance.whole(2, 20) }, () => {
      const request = chance.of(COMMANDS);
      const line = JSON.stringify({
        token: shown,
        request: chance.one(0.5) ? mutateValue(chance, pool, request) : request,
      });
      return chance.one(0.2) ? mutateText(chance, pool, line, [line, '{}']) : line;
    });
    const text = chance.one(0.9) ? `${lines.join('\n')}\n` : lines.join('\r\n');
    const bytes = Buffer.from(text);
    const changed = chance.one(0.1) ? mutateBytes(chance, pool, bytes) : bytes;
    const tokens = token !== '' && Buffer.from(changed).toString('latin1').includes(token);
    return {
      bytes: changed,
      isWhole: text.endsWith('\n') && changed === bytes,
      judge: (answer) =>
        !tokens && answer.includes('"ok":true') ? 'a command without the token was carried out' : null,
    };
  };
  return listenerTarget(options, {
    name: 'simulator control',
    lanes: 4,
    slowMs: 2_000,
    listener: { port, limits: CONTROL_PATIENCE, mostHeld: 6 },
    make,
    async check() {
      const at = await port();
      const text = `${JSON.stringify({ token, request: { command: 'list' } })}\n`;
      await expectBack(at, text, '"ok":true', options.patience);
    },
  });
}
