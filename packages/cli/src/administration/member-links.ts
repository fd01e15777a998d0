import type { Command } from 'commander';
import { administer, type Connection } from '../connection/administer.ts';
import { printOne } from '../output/print.ts';
import { printable } from '../output/text-width.ts';
import type { Terminal } from '../terminal.ts';
import { chooseProperty, type Property } from './choose-property.ts';
import { findMember, type Member } from './find-member.ts';
import { type Asking, asksFirst, atProperty, confirm, given, type PropertyOptions } from './options.ts';
import { EXPIRES, type Expiring } from './persons.ts';

/** One-time links and invitations of members, and the person who took a membership on. */
export function addLinks(group: Command, terminal: Terminal): void {
  atMember<PropertyOptions & Expiring>(
    group.command('link').option(...EXPIRES),
    terminal,
    'make a one-time link by which a member sets their password',
    ({ keyrack }, { id }, member, { expires }) =>
      keyrack.members.createPasswordLink({ property: id, member: member.id, ...given({ expiresAt: expires }) }),
  );
  atMember<PropertyOptions & Expiring>(
    group.command('invite').option(...EXPIRES),
    terminal,
    'make an invitation by which a person takes the membership on; a newer one voids it',
    ({ keyrack }, { id }, member, { expires }) =>
      keyrack.members.invite({ property: id, member: member.id, ...given({ expiresAt: expires }) }),
  );
  atMember(
    group.command('uninvite'),
    terminal,
    'take an invitation back that nobody has used',
    async ({ keyrack }, { id }, member) => {
      await keyrack.members.revokeInvitation({ property: id, member: member.id });
      return { member: member.id, invited: false };
    },
  );
  atMember<PropertyOptions & Asking>(
    asksFirst(group.command('remove-person')),
    terminal,
    'take a membership from the person who joined it; the member stays',
    async ({ keyrack, server }, { id }, member, options) => {
      await confirm(
        terminal,
        options,
        `Take the membership of ${printable(member.name)} from the person who joined it? (${server.name})`,
      );
      await keyrack.members.removePerson({ property: id, member: member.id });
      return { member: member.id, person: null };
    },
  );
}

function atMember<Options extends PropertyOptions>(
  command: Command,
  terminal: Terminal,
  description: string,
  work: (connection: Connection, property: Property, member: Member, options: Options) => Promise<object>,
): void {
  atProperty(command)
    .argument('<member>', 'by phone, e-mail, name or id')
    .description(description)
    .action(async (said: string, options: Options) => {
      const told = await administer(
        terminal,
        options,
        async (connection) => {
          const property = await chooseProperty(connection, terminal, options);
          return work(connection, property, await findMember(connection, property.id, said), options);
        },
        { expiresAt: '--expires' },
      );
      printOne(terminal, told, options);
    });
}
