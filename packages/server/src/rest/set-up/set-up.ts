import { randomBytes } from 'node:crypto';
import { PROPERTY_CARD_KEY_BYTES } from '@keyrack/protocol';
import { z } from 'zod';
import { newMember } from '../../domain/people.ts';
import { newProperty } from '../../domain/places.ts';
import { hashToken } from '../../domain/token.ts';
import { drawPropertyNumber } from '../../runtime/draw-token.ts';
import { hashPassword, hashPersonPassword } from '../../runtime/password.ts';
import { PURPOSE } from '../../runtime/sealed-secret.ts';
import { endpoint } from '../endpoint.ts';
import { line, shortNumber, timeOfDay, timeZone } from '../fields.ts';
import { isWholePhone, memberFields, password, WHOLE_PHONE } from '../members/member-view.ts';
import { personView, viewOfPerson } from '../people/person-view.ts';
import { ProblemError } from '../problems.ts';
import { propertyView } from '../properties/property-view.ts';
import { drawSession } from '../sessions/draw-session.ts';
import { createdSessionView, toldSession } from '../sessions/session-view.ts';

export const setUp = endpoint({
  id: 'setUp',
  method: 'POST',
  path: '/v1/set-up',
  tag: 'set-up',
  summary: 'Set an empty server up, by the link of its start',
  description:
    "It makes the first owner, their property with a card key, and their place there: an administrator who may issue cards. That membership's own password, which the room-card API and front desks take, is the same at first. Whoever hears no answer asks `getSetUp`, and where it is done signs in by the password.",
  right: 'self.write',
  open: 'the token of the set-up link is the credential',
  body: z.strictObject({
    token: z.string().min(1).max(100).meta({ description: 'What stands behind the # in the set-up link.' }),
    owner: z
      .strictObject({
        name: memberFields.name,
        areaCode: memberFields.areaCode.optional(),
        mobile: memberFields.mobile.optional(),
        email: memberFields.email.optional(),
        password,
      })
      .refine(isWholePhone, WHOLE_PHONE)
      .refine(({ email, mobile }) => typeof email === 'string' || typeof mobile === 'string', {
        path: ['email'],
        message: 'is needed where there is no mobile: a person signs in by one of them',
      }),
    property: z.strictObject({
      number: shortNumber.optional().meta({ description: 'Ten digits are drawn where it is left out.' }),
      name: line(64),
      timeZone,
      checkOutTime: timeOfDay.optional(),
    }),
  }),
  answers: {
    201: {
      description: 'Who owns it, the property, and their session.',
      body: z
        .object({ person: personView, property: propertyView, session: createdSessionView })
        .meta({ id: 'SetUpDone', description: 'A server that is set up, with its owner signed in.' }),
    },
  },
  problems: ['set-up-over', 'set-up-refused'],
  async handle({ body, doer, now, change, client, cookie, parts }) {
    const tokenHash = hashToken(body.token.trim());
    // Before the work of the hashes.
    if ((await parts.read('databaseUse', {})) !== 'empty') throw new ProblemError('set-up-over');
    if (!(await parts.read('isSetUpToken', { tokenHash }))) throw new ProblemError('set-up-refused');
    const { password: chosen, name, areaCode = null, mobile = null, email = null } = body.owner;
    const { number = drawPropertyNumber(), ...property } = body.property;
    const [ofPerson, ofMember] = await Promise.all([
      hashPersonPassword(parts.passwords, chosen),
      hashPassword(parts.passwords, chosen),
    ]);
    const named = { name, areaCode, mobile, email };
    const propertyId = parts.newId();
    const cardKey = new Uint8Array(randomBytes(PROPERTY_CARD_KEY_BYTES));
    const { token, kept } = drawSession(parts.newId(), doer.from, client);
    const result = await change('setUp', {
      tokenHash,
      person: { ...named, id: parts.newId(), passwordHash: ofPerson, owner: true, version: 1, createdAt: now },
      property: newProperty({
        ...property,
        number,
        id: propertyId,
        sealedCardKey: parts.sealer.seal(cardKey, PURPOSE.propertyCardKey),
      }),
      member: newMember({
        ...named,
        propertyId,
        id: parts.newId(),
        role: 'administrator',
        passwordHash: ofMember,
        issuingPermission: true,
      }),
      session: kept,
      now,
    });
    if (result.verdict !== 'done') throw new ProblemError(result.verdict);
    const { headers, body: session } = toldSession(result.session, { token, factors: [], cookie });
    return { status: 201, headers, body: { person: viewOfPerson(result.person), property: result.property, session } };
  },
});
