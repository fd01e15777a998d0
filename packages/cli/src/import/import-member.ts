import { foldEmail } from '@keyrack/server/domain/fold-email.ts';
import { chooseProperty } from '../administration/choose-property.ts';
import type { Member } from '../administration/find-member.ts';
import type { PropertyOptions } from '../administration/options.ts';
import { administer, type Connection } from '../connection/administer.ts';
import { CommandFailure, usageError } from '../exit.ts';
import { printOne } from '../output/print.ts';
import { readText } from '../read-text.ts';
import type { Terminal } from '../terminal.ts';

interface Names {
  readonly areaCode?: string;
  readonly mobile?: string;
  readonly email?: string;
}

export interface ImportMemberOptions extends PropertyOptions, Names {
  readonly md5File: string;
  readonly issuing: boolean;
}

/** Adds a member whose password only its md5 is known of, or changes the one who has this mobile or e-mail. */
export async function importMember(terminal: Terminal, name: string, options: ImportMemberOptions): Promise<void> {
  const { areaCode, mobile, email, md5File, issuing: issuingPermission } = options;
  const passwordMd5 = readText(md5File).trim();
  if ((mobile === undefined) !== (areaCode === undefined) || (mobile ?? email) === undefined)
    throw usageError('A member has an area code and a mobile, or an e-mail address, or both.');
  const names = {
    ...(areaCode !== undefined && { areaCode }),
    ...(mobile !== undefined && { mobile }),
    ...(email !== undefined && { email }),
  };
  const typed = { name: 'The name', passwordMd5: `What stands in ${md5File}` };
  const told = await administer(
    terminal,
    options,
    async (connection) => {
      const { id: property } = await chooseProperty(connection, terminal, options);
      const { members } = connection.keyrack;
      const known = await findKnown(connection, property, names);
      const facts = { property, name, issuingPermission, ...names };
      if (known === null) {
        await members.create({ ...facts, role: 'receptionist', passwordMd5 });
      } else {
        // The password first: somebody who had left doesn't come back with the one of then.
        await members.setPassword({ property, member: known.id, passwordMd5 });
        await members.change({ ...facts, member: known.id, active: true });
      }
      return { member: name, issuingPermission };
    },
    typed,
  );
  printOne(terminal, told, options);
}

/** The member whom these names name; null for none. Throws a CommandFailure where they are two people's. */
async function findKnown(
  connection: Connection,
  property: string,
  { areaCode, mobile, email }: Names,
): Promise<Member | null> {
  const byMobile =
    mobile === undefined
      ? null
      : await findBy(
          connection,
          property,
          mobile,
          (member) => member.mobile === mobile && member.areaCode === areaCode,
        );
  const folded = foldEmail(email ?? '');
  const byEmail =
    email === undefined ? null : await findBy(connection, property, folded, (member) => member.email === folded);
  if (byMobile !== null && byEmail !== null && byMobile.id !== byEmail.id)
    throw new CommandFailure('Mobile and e-mail are those of two members; give one of them.');
  return byMobile ?? byEmail;
}

async function findBy(
  { keyrack }: Connection,
  property: string,
  text: string,
  isMeant: (member: Member) => boolean,
): Promise<Member | null> {
  const search = text.trim();
  // What can't be searched for names nobody; it is refused as a value later.
  if (search === '' || search.length > 254) return null;
  for await (const member of keyrack.members.list({ property, search, limit: 200 })) if (isMeant(member)) return member;
  return null;
}
