import { type Answer, isProblem } from '@keyrack/sdk';
import type { Connection } from '../connection/administer.ts';
import { CommandFailure, usageError } from '../exit.ts';
import { printable } from '../output/text-width.ts';

export type Member = Answer<'getMember'>;

/** Members that a message names. */
const MOST_NAMED = 20;

/**
 * The member whom somebody means by a phone number, an e-mail, a name or an id. Nobody is taken for somebody else: where
 * several could be meant, or only a part fits, the message names them.
 */
export async function findMember({ keyrack }: Connection, property: string, said: string): Promise<Member> {
  const text = said.trim();
  if (text === '' || text.length > 254) throw usageError('Name the member by phone, e-mail, name or id.');
  const candidates: Member[] = [];
  let more = false;
  for await (const member of keyrack.members.list({ property, search: searchFor(text), limit: 200 })) {
    if (isMeant(member, text)) candidates.push(member);
    else more = true;
  }
  if (UUID.test(text)) {
    const found = await memberById(keyrack, property, text.toLowerCase());
    if (found !== null && candidates.every(({ id }) => id !== found.id)) candidates.push(found);
  }
  const [only, second] = candidates;
  if (only !== undefined && second === undefined) return only;
  if (only !== undefined) throw usageError(ambiguous(`Several members are meant by ${quote(text)}`, candidates));
  const near = more ? await nearBy(keyrack, property, text) : [];
  if (near.length > 0) throw usageError(ambiguous(`No member is called just ${quote(text)}`, near));
  throw new CommandFailure(
    `The property has no member ${quote(text)}; see \`keyrack members list\`, with --property where there are several.`,
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Phones are looked for by their digits. */
function searchFor(text: string): string {
  return digitsOf(text) ?? text;
}

/** Of a phone number as people write it, e.g. +86 138-0000-0000; null for another text. */
function digitsOf(text: string): string | null {
  const digits = text.replace(/[\s().-]/g, '').replace(/^(?:\+|00)(?=\d)/, '');
  return /^\+?[\d\s().-]+$/.test(text) && /^\d+$/.test(digits) ? digits : null;
}

function isMeant({ id, name, areaCode, mobile, email }: Member, text: string): boolean {
  const digits = digitsOf(text);
  const folded = text.toLowerCase();
  return (
    id === folded ||
    email === folded ||
    name.toLowerCase() === folded ||
    (digits !== null && mobile !== null && (mobile === digits || `${areaCode}${mobile}` === digits))
  );
}

async function memberById(keyrack: Connection['keyrack'], property: string, id: string): Promise<Member | null> {
  return keyrack.members.get({ property, member: id }).catch((error: unknown) => {
    if (isProblem(error, 'not-found')) return null;
    throw error;
  });
}

async function nearBy(keyrack: Connection['keyrack'], property: string, text: string): Promise<Member[]> {
  return (await keyrack.members.list({ property, search: searchFor(text), limit: MOST_NAMED })).data;
}

function ambiguous(what: string, members: readonly Member[]): string {
  const lines = members.slice(0, MOST_NAMED).map(({ id, name, areaCode, mobile, email, active }) => {
    const phone = mobile === null ? null : `+${areaCode} ${mobile}`;
    const known = [printable(name), phone, email, active ? null : 'not active', id].filter((each) => each !== null);
    return `  ${known.join(', ')}`;
  });
  return [`${what}. Name one by phone, e-mail or id:`, ...lines].join('\n');
}

function quote(text: string): string {
  return `"${printable(text)}"`;
}
