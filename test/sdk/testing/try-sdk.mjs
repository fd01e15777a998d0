// What every runtime and browser must be able to do with the packed SDK. It is copied into an empty project and run there.
import {
  createKeyrack,
  etagOf,
  isDeliveryRefused,
  isOperationFailed,
  isProblem,
  isRefusal,
  isUnreachable,
  responseOf,
  verifyDelivery,
} from '@keyrack/sdk';
import { createRoomCards, isRoomCardFailure, passwordDigest, signatureB } from '@keyrack/sdk/room-card';

/** Returns what came of each step, the same wherever it is run. */
export async function trySdk({ url, key, property, name }) {
  const keyrack = createKeyrack({ url, key, userAgent: `tried-on/${name}` });
  const caught = (call) =>
    call.then(
      () => null,
      (error) => error,
    );

  const known = await keyrack.properties.get({ property });
  const member = (at) => ({ property, name: `艾达 ${at}`, role: 'auditor', email: `${name}-${at}@example.com` });
  const twice = await Promise.all([1, 2].map(() => keyrack.members.create(member(1), { idempotencyKey: `${name}-1` })));
  await keyrack.members.create(member(2));
  const members = [];
  for await (const each of keyrack.members.list({ property, limit: 1, search: name })) members.push(each.name);

  const issue = { property, kind: 'issue', mode: 'new', room: 'none', encoder: 1, validUntil: '2099-01-01T00:00:00Z' };
  const refused = await caught(keyrack.carryOut(issue));
  const invalid = await caught(keyrack.members.create({ ...member(3), name: '' }));
  const nowhere = await caught(createKeyrack({ url: 'http://127.0.0.1:9', key, retries: 0 }).properties.list());

  const account = await keyrack.accounts.create({ name, properties: [known.id] });
  const sign = { url, accountSid: account.sid };
  const signed = await createRoomCards({ ...sign, authToken: account.token }).getMacList({ communityNo: known.number });
  const wrongly = await caught(createRoomCards({ ...sign, authToken: 'wrong' }).fetchRoomInfo({ communityNo: '1' }));

  // The example of Standard Webhooks.
  const delivery = {
    body: '{"test": 2432232314}',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  };
  const delivered = await verifyDelivery({ ...delivery, now: 1_614_265_330_000 });
  const old = await caught(verifyDelivery(delivery));

  const stopped = new AbortController();
  stopped.abort(new Error('stopped'));
  const aborted = await caught(keyrack.properties.list({}, { signal: stopped.signal }));

  return {
    etag: etagOf(known) !== null,
    requestId: responseOf(known).requestId !== null,
    sameMember: twice[0].id === twice[1].id,
    members,
    refused: [isRefusal(refused, 'encoder-unknown'), isOperationFailed(refused)],
    invalid: isProblem(invalid, 'invalid-request') && invalid.errors.map(({ path }) => path),
    nowhere: isUnreachable(nowhere) && nowhere.reason,
    signed,
    wrongly: isRoomCardFailure(wrongly, 'signature'),
    digests: [passwordDigest('艾达'), signatureB({ a: '艾', b: '1' }, 'token')],
    delivered: delivered.event,
    old: isDeliveryRefused(old, 'too-old'),
    aborted: aborted.message,
  };
}
