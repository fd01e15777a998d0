import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTROL_FILE, createSimulatedDesk, memoryCardBox, systemClock } from '@keyrack/agent';
import { chip, type Mac, type Serial } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { describe as describeCard, simulatedFolder } from './sim.ts';

test.each(chip.options)('a %s from the box is told as blank and new, and not as damaged', async (kind) => {
  const encoders = [{ mac: '7C778A6C7D9C' as Mac, name: 'Desk' }];
  const desk = createSimulatedDesk({ encoders, box: memoryCardBox([]), clock: systemClock });
  const added = desk.add('04A1B2C3D4E580' as Serial, kind);
  expect(describeCard(added)).toBe(`card 04A1B2C3D4E580  ${kind}  in the drawer: blank (new)`);
  await desk.close();
});

test('a card that was torn is still told as damaged', async () => {
  const encoders = [{ mac: '7C778A6C7D9C' as Mac, name: 'Desk' }];
  const desk = createSimulatedDesk({ encoders, box: memoryCardBox([]), clock: systemClock });
  const { serial } = desk.add('04A1B2C3D4E580' as Serial, 'ntag-215');
  desk.box.card(serial)?.memory.set([1, 2, 3, 4], 16);
  expect(describeCard(desk.show(serial).card)).toContain(': damaged');
  await desk.close();
});

test('the desk that is meant is the one that runs: the demonstration, or else the agent of this computer', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'keyrack-sim-'));
  const [demo, desk] = [join(scratch, 'demo/agent'), join(scratch, 'desk')];
  const runs = (folder: string) => writeFileSync(join(folder, CONTROL_FILE), '');
  const meant = () => simulatedFolder(demo, desk);
  try {
    expect(meant()).toBe(desk);
    mkdirSync(demo, { recursive: true });
    expect(meant()).toBe(demo);
    mkdirSync(desk);
    runs(desk);
    expect(meant()).toBe(desk);
    runs(demo);
    expect(meant()).toBe(demo);
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
