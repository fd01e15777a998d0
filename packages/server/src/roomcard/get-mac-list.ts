import { authoriseAccount } from './authorise-request.ts';
import type { Endpoint } from './exchange.ts';
import { checkFields } from './fields.ts';
import { replyList, replyRefusal } from './reply.ts';
import { answerSignedA } from './verify-request.ts';

/** `POST /Home/Qrm/getMacList` (docs/room-card-api.md, "List the encoders"): the property's encoders. */
export const getMacList: Endpoint = (cardRequests, request) =>
  answerSignedA(
    'getMacList',
    (form) => checkFields(form, ['sig', 'accountSid', 'communityNo'], []),
    cardRequests,
    request,
    async (account, fields) => {
      const authorised = await authoriseAccount(cardRequests, account, fields);
      if (!authorised.ok) return replyRefusal('getMacList', authorised.refusal);
      const encoders = await cardRequests.listEncoders(authorised.property.id);
      return replyList(encoders.map(({ id, mac }) => ({ id: String(id), mac })));
    },
  );
