import { type Clock, systemClock } from '../../clock.ts';
import { type ControlEndpoint, startEndpoint } from '../../control/endpoint.ts';
import { CONTROL_FILE, type ControlCommand, controlCommand } from './control-messages.ts';
import { DoorError, type Doors, openDoors } from './doors.ts';
import { DeskError, type SimulatedDesk } from './simulated-desk.ts';

/**
 * Lets other processes of this computer's user work a simulated desk, as `keyrack sim` does; see `startEndpoint`. Commands
 * are carried out at once; none waits for what the agent makes of it.
 * @throws the system's error when it can't listen or write
 */
export function startControl(
  desk: SimulatedDesk,
  folder: string,
  clock: Pick<Clock, 'now'> = systemClock,
  limits: Partial<Record<'proofMs' | 'lingerMs', number>> = {},
): Promise<ControlEndpoint> {
  const doors = openDoors(folder);
  const work = (command: ControlCommand) => resultOf(desk, command, doors, clock.now());
  return startEndpoint(folder, { file: CONTROL_FILE, command: controlCommand, work, failureOf }, limits);
}

function failureOf(error: unknown): string {
  if (error instanceof DeskError || error instanceof DoorError) return error.message;
  // A full disk, say: the person at the other end is the one who can do something about it.
  return `the simulated desk failed: ${error instanceof Error ? error.message : String(error)}`;
}

function resultOf(desk: SimulatedDesk, command: ControlCommand, doors: Doors, now: number): unknown {
  switch (command.command) {
    case 'list':
      return desk.list();
    case 'add':
      return desk.add(command.serial, command.chip);
    case 'place':
      return desk.place(command.serial, command);
    case 'remove':
      return desk.remove(command.encoder);
    case 'tear':
      return desk.tear(command.serial, command.writes, command.mode);
    case 'show':
      return desk.show(command.serial);
    case 'doors':
      return doors.list();
    case 'copy':
      return desk.copy(command.serial, command.onto);
    case 'knock': {
      const { serial, content } = desk.show(command.serial).card;
      const others = desk.list().cards.map((card) => card.serial);
      return doors.knock(command.door, { serial, content, others }, now);
    }
    case 'program':
      return doors.program(command.door, command.lock);
  }
}
