// What a user of the packed SDK writes; the compiler reads it with the declarations of the package.
import { createKeyrack, type Input, isProblem, type Operation } from '@keyrack/sdk';
import { createRoomCards, isRoomCardFailure } from '@keyrack/sdk/room-card';

const keyrack = createKeyrack({ url: 'http://127.0.0.1', key: () => 'kr_test' });

export async function checkIn(property: string, room: string, encoder: number): Promise<string | null> {
  const wish: Input<'createOperation'> = {
    property,
    kind: 'issue',
    mode: 'new',
    room,
    encoder,
    validUntil: '2099-01-01T00:00:00Z',
  };
  try {
    const operation: Operation = await keyrack.carryOut(wish, { idempotencyKey: 'stay-1' });
    return operation.serial;
  } catch (error) {
    if (isProblem(error, 'refused') && error.cause === 'permission-off') return null;
    throw error;
  }
}

export async function names(property: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of keyrack.members.list({ property, active: true })) found.push(name);
  // @ts-expect-error there is no such operation
  keyrack.members.fire({ property });
  // @ts-expect-error a member has no such field
  (await keyrack.members.list({ property })).data[0]?.salary;
  return found;
}

export async function cancel(serialNum: string): Promise<boolean> {
  const roomCards = createRoomCards({ url: 'http://127.0.0.1', accountSid: 'a', authToken: 'b' });
  const creator = { creatorEmail: 'ada@example.com', creatorPassword: '' };
  try {
    await roomCards.cancelCard({ communityNo: '1', operateCardType: '4', serialNum, ...creator });
    // @ts-expect-error the creator is missing
    await roomCards.cancelCard({ communityNo: '1', operateCardType: '4', serialNum });
    return true;
  } catch (error) {
    return !isRoomCardFailure(error, 'open', 'permission');
  }
}
