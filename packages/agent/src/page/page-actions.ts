import { createHash } from 'node:crypto';
import { operationId } from '@keyrack/protocol';
import { z } from 'zod';
import type { Credentials, DeskAgent } from '../desk/index.ts';
import type { Updates } from '../update/index.ts';
import { language, languageCookie } from './page-language.ts';

/** What an action answers the page. */
export interface ActionAnswer {
  readonly status: 200 | 204 | 400;
  readonly body?: object;
  readonly cookie?: string;
}

type UpdateActions = Pick<Updates, 'look' | 'begin' | 'setAutomatic'>;
type DeskActions = Pick<DeskAgent, 'signIn' | 'signOut' | 'activity' | 'decline'>;

/** One thing that the page can do: takes what was sent, and throws a ZodError for what isn't understood. */
export type Action = (
  desk: DeskActions,
  sent: unknown,
  updates: UpdateActions | null,
) => ActionAnswer | Promise<ActionAnswer>;

/** Phone numbers are written in many ways; digits are what the server knows them by. */
const digits = (most: number) =>
  z
    .string()
    .transform((text) => text.replace(/[\s().+-]/g, ''))
    .pipe(z.string().regex(new RegExp(`^[0-9]{1,${most}}$`)));

const password = z.string().min(1).max(200);

const signInForm = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('mobile'), areaCode: digits(4), mobile: digits(15), password }),
  z.strictObject({
    by: z.literal('email'),
    email: z
      .string()
      .trim()
      .max(254)
      .regex(/^[^\s@\p{Cc}\p{Cs}]+@[^\s@\p{Cc}\p{Cs}]+$/u),
    password,
  }),
]);

/** A field of the sign-in form, and so the name of what is wrong with it. */
export type SignInField = 'areaCode' | 'mobile' | 'email' | 'password';

/** Every action, by the address that the page posts to. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  '/sign-in': async (desk, sent) => {
    const form = signInForm.safeParse(sent);
    if (form.success) return { status: 200, body: await desk.signIn(credentialsOf(form.data)) };
    const [field] = form.error.issues[0]?.path ?? [];
    if (field === undefined || field === 'by') throw form.error;
    return { status: 400, body: { field } };
  },
  '/sign-out': async (desk) => ({ status: 200, body: await desk.signOut() }),
  '/activity': (desk) => {
    desk.activity();
    return { status: 204 };
  },
  '/decline': (desk, sent) => {
    const { operation } = z.strictObject({ operation: operationId }).parse(sent);
    return { status: 200, body: { declined: desk.decline(operation) } };
  },
  '/update': (_desk, sent, updates) => {
    const { step } = z.strictObject({ step: z.enum(['look', 'begin']) }).parse(sent);
    updates?.[step]();
    return { status: 204 };
  },
  '/update-automatic': (_desk, sent, updates) => {
    const { automatic } = z.strictObject({ automatic: z.boolean() }).parse(sent);
    updates?.setAutomatic(automatic);
    return { status: 204 };
  },
  '/language': (_desk, sent) => {
    const { chosen } = z.strictObject({ chosen: language }).parse(sent);
    return { status: 204, cookie: languageCookie(chosen) };
  },
};

/** The password goes no further than this: the server, like the room-card API, takes its md5. */
function credentialsOf(form: z.infer<typeof signInForm>): Credentials {
  const passwordMd5 = createHash('md5').update(form.password, 'utf8').digest('hex');
  return form.by === 'mobile'
    ? { areaCode: form.areaCode, mobile: form.mobile, email: '', passwordMd5 }
    : { areaCode: '', mobile: '', email: form.email, passwordMd5 };
}
