import { BLANK, type Nonce, type OperationId, type Serial } from '@keyrack/protocol';
import type { ApiKey } from '../../domain/api-key.ts';
import type { Operation } from '../../domain/operation.ts';
import { keyRequester } from '../../domain/requester.ts';
import type { AcceptIssue } from '../accept/accept-issue.ts';
import { AGENT, type Hotel, MAC, NOW, openHotel, P, TestJournal, uuid } from './hotel.ts';

export const SET = uuid<string>(900);
export const DOER = { actor: 'key k', by: 'k', from: '192.0.2.1' };
export const KEY: ApiKey = {
  id: 'k',
  lookup: 'k',
  secretHash: '',
  name: 'PMS',
  scopes: ['cards'],
  properties: [P],
  ownerKey: false,
  createdAt: 0,
  expiresAt: null,
  revokedAt: null,
};
export const op = (n: number) => uuid<OperationId>(100 + n);
export const recordOf = (n: number) => uuid<string>(300 + n);
export const serialOf = (n: number) => `04${String(n).padStart(4, '0')}` as Serial;

/** Who hears which operations a report of the agent changed. */
type Heard = (changed: readonly Operation[]) => void;

/** A desk at which a set of copies was begun, and whose hands and agent do as they are told. */
export async function copyDesk(
  of = 3,
  wanted: Partial<AcceptIssue> = {},
  { hotel: given, heard = () => {} }: { readonly hotel?: Hotel; readonly heard?: Heard } = {},
) {
  const hotel = given ?? (await openHotel());
  const { store } = hotel;
  const signIn = { propertyId: P, memberId: 'member', agentId: AGENT, at: NOW, lastActiveAt: NOW };
  const rows = [
    { table: 'apiKeys', row: KEY },
    { table: 'signIns', row: signIn },
  ] as const;
  await store.run('putRows', { rows, onlyIfEmpty: false });
  const journal = new TestJournal();
  const session = await hotel.connect(journal);
  await hotel.acceptIssue(op(1), recordOf(1), {
    ...{ accountSid: null, memberId: keyRequester('k'), memberVersion: 0, doer: DOER, mode: 'new' },
    ...{ copy: { set: SET, number: 1, of }, ...wanted },
  });
  const report = async (now: number) => {
    const [agent] = await hotel.rows('agents');
    const records = journal.after(agent?.cursor ?? { number: 0, hash: '' });
    const told = await store.run('report', { propertyId: P, agentId: AGENT, session, records, now });
    if ('changed' in told) heard(told.changed);
  };
  return {
    hotel,
    session,
    next: (n: number, now = NOW) =>
      store.run('acceptNextCopy', { propertyId: P, set: SET, operation: op(n), recordId: recordOf(n), now }),
    /** The n-th card is laid down and written, on plastic of its own unless told; and lifted, but where it is left lying. */
    async make(
      n: number,
      { operation = op(n), serial = serialOf(n), end = 'succeeded', lies = false, now = NOW } = {},
    ) {
      const nonce = uuid<Nonce>(200 + n);
      const content = (await hotel.rows('cards')).find((each) => each.serial === serial)?.content ?? BLANK;
      const result = await hotel.present(session, operation, nonce, content as typeof BLANK, { serial, now });
      if (result.verdict !== 'granted') return 'refusal' in result ? result.refusal.cause : result.verdict;
      journal.write(operation, nonce, content as typeof BLANK, result.grant.target, serial);
      journal.result(operation, nonce, end as 'succeeded');
      await report(now);
      if (!lies) await store.run('cardLifted', { propertyId: P, agentId: AGENT, session, encoder: MAC });
      return end;
    },
    set: async () => (await hotel.rows('copySets'))[0],
    records: async () =>
      (await hotel.rows('cardRecords')).filter(({ id }) => id.startsWith(uuid<string>(3).slice(0, -3))),
    audited: async () =>
      (await hotel.rows('audit'))
        .filter(({ action }) => action === 'copies-withdrawn')
        .map(({ actor, details }) => ({ actor, ...JSON.parse(details) })),
  };
}
