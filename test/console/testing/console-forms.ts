import { CONSOLE_PAGES, type ConsolePage } from './console-pages.ts';
import { ROLES } from './console-people.ts';
import type { ConsoleHouse } from './open-console.ts';

/** A form of a page, and how somebody comes to it. */
export interface ConsoleForm {
  readonly page: ConsolePage;
  /** What is pressed until its fields are there, by name. */
  readonly press: readonly RegExp[];
  /** The files of the console whose fields it shows. */
  readonly shows: readonly string[];
}

const onPage = (name: string, shows: readonly string[], ...press: readonly RegExp[]): ConsoleForm => {
  const page = CONSOLE_PAGES.find((each) => each.name === name);
  if (page === undefined) throw new Error(`there is no page ${name}`);
  return { page, press, shows };
};
const at = (page: ConsolePage, shows: readonly string[], ...press: readonly RegExp[]) => ({ page, press, shows });

const roomOf = async ({ v1, number }: ConsoleHouse): Promise<string> => {
  const { data } = await v1.rooms.list({ property: number, limit: 1 });
  return data[0]?.id ?? 'none';
};
/** A member who hasn't joined, with an e-mail of their own for each call. */
const newcomer = ({ v1, number: property }: ConsoleHouse) =>
  v1.members.create({ property, name: 'Lin', role: 'receptionist', email: `lin${Date.now()}@hotel.example` });

const receptionist = { as: 'receptionist', route: '/desk/rooms/$room' } as const;

/** Every form with a field for text, but those of the first set-up, by the place that it is at. A test compares with the sources. */
export const CONSOLE_FORMS: Readonly<Record<string, readonly ConsoleForm[]>> = {
  'the door': [
    onPage('sign-in', ['sign-in/password-step', 'person/password-field']),
    onPage('sign-in', ['person/login-field'], /password of a property|property’s own/i),
    at(
      {
        name: 'an invitation',
        as: null,
        route: '/join',
        address: async (house) => {
          const { id: member } = await newcomer(house);
          return `/join#${(await house.v1.members.invite({ property: house.number, member })).token}`;
        },
      },
      ['join/become-person', 'person/new-password'],
    ),
    at(
      {
        name: 'a link for a password',
        as: null,
        route: '/password',
        address: async (house) => {
          const { id: member } = await newcomer(house);
          const { link } = await house.v1.members.createPasswordLink({ property: house.number, member });
          return `/password${new URL(link ?? house.url).hash}`;
        },
      },
      [],
    ),
  ],
  'the desk': [
    onPage('desk', ['desk/search-box']),
    at({ name: 'a room', ...receptionist, address: async (house) => `/desk/rooms/${await roomOf(house)}` }, [
      'room/issue-form',
      'room/holder-fields',
      'room/end-fields',
      'room/stepper',
    ]),
    onPage('operations', ['operations/filters']),
    onPage('audit', ['audit/audit-filters', 'time/day-range']),
  ],
  'the house': [
    onPage('house', ['house/toolbar', 'house/room-table', 'house/room-row']),
    onPage('house', ['house/generator/plan-form'], /^Add$/, /^Add rooms$/),
    onPage('house', ['house/add-room'], /^Add$/, /^Add one room$/),
    onPage('house', ['house/place-form'], /^Add$/, /^Building or floor$/),
    onPage('property', ['property/property-fields', 'property/guest-rule', 'property/delete-guest']),
  ],
  people: [
    onPage('members', ['members/members-page', 'members/add-member', 'members/change-member'], /^Add a member$/),
    onPage('members', ['members/member-panel'], new RegExp(ROLES.receptionist.name), /^Set a password$/),
    onPage('members', [], new RegExp(ROLES.receptionist.name), /^Change name, phone/),
    onPage('account', ['account/own-name'], /^Change the name$/),
    onPage('account', ['account/with-password'], /^Change the password$/),
    onPage('account', ['account/authenticator-app'], /^Add an app$/),
    onPage('account', ['account/passkeys'], /^Add a passkey$/),
  ],
  computers: [
    onPage('front-desks', ['front-desks/name-form'], /^More for/, /^Rename$/),
    onPage('developers', ['developers/account/accounts-page']),
    // An owner alone brings credentials along.
    at(
      { name: 'accounts', as: 'owner', route: '/developers' },
      ['developers/account/new-account'],
      /^Add an account$/,
      /credentials already/,
    ),
    onPage('developers', ['developers/account/account-panel'], /^Change$/),
    onPage('api-keys', ['developers/api-key/new-key'], /^Make a key$/),
    onPage('webhooks', ['developers/webhook/webhook-form'], /^Add a webhook$/),
    onPage('workbench', ['developers/workbench/workbench-page', 'developers/workbench/request-form']),
  ],
};

/** Files with fields that hold no free text, or are reached by what another test does, and why. */
export const OTHER_FIELDS: Readonly<Record<string, string>> = {
  'page/one-of': 'a choice',
  'room/begin-fields': 'a day and a time',
  'members/link-once': 'is only read',
  'room/lost-form': 'holds the fields of holder-fields',
  'house/cell-editor': 'house.test.ts types what is hostile there',
  'house/change-place': 'has the fields and checks of place-form',
  'house/export-locks': 'needs chosen rooms, and takes a key that is checked in the page',
  'developers/webhook/deliveries': 'a number',
  'account/passkey-row': 'needs a passkey, whose name passkeys takes',
  'sign-in/factor-step': 'a code; sign-in.test.ts types what is wrong',
  'set-up/first-steps': 'set-up.test.ts types what is hostile there',
  'set-up/members-step': 'sends what members/add-member does',
};
